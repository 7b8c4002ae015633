// Rules of this house that no linter brings along, for .oxlintrc.json.
const TIME = 'Pure: time is an argument.';
const SYNCHRONOUS = 'Pure libs are synchronous.';

/** Clocks, dice and the event loop are arguments in the pure libs. */
const pure = {
  create(context) {
    const synchronous = (node) => node.async && context.report({ node, message: SYNCHRONOUS });
    return {
      NewExpression: (node) => node.callee.name === 'Date' && node.arguments.length === 0 && context.report({ node, message: TIME }),
      MemberExpression(node) {
        const name = `${node.object.name}.${node.property.name}`;
        if (name === 'Date.now') context.report({ node, message: TIME });
        if (name === 'Math.random') context.report({ node, message: 'Pure: the seed is an argument.' });
      },
      FunctionDeclaration: synchronous,
      FunctionExpression: synchronous,
      ArrowFunctionExpression: synchronous,
      AwaitExpression: (node) => context.report({ node, message: SYNCHRONOUS }),
    };
  },
};

const namedExports = {
  create: (context) => ({ ExportDefaultDeclaration: (node) => context.report({ node, message: 'Named exports only.' }) }),
};

export default { meta: { name: 'meriden' }, rules: { pure, 'named-exports': namedExports } };
