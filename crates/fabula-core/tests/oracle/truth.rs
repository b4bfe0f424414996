//! Truth and value of expressions in a mind of the oracle, for the expressions that the random problems have.

use fabula_core::expr::{Cmp, Expr, Over};
use fabula_core::value::{Truth, Value};

use super::{Env, Mind, World};

/// The expression with its variables replaced.
pub fn ground(e: &Expr, env: &Env) -> Expr {
    match e {
        Expr::Var(v) => Expr::Const(env.get(v).map_or(Value::Unknown, |x| Value::Entity(*x))),
        Expr::Fluent(f, args) => Expr::Fluent(*f, args.iter().map(|e| ground(e, env)).collect()),
        Expr::Const(v) => Expr::Const(*v),
        other => panic!("the random problems have no {other:?} here"),
    }
}

pub fn holds(w: &World, m: &Mind, e: &Expr, env: &Env) -> bool {
    truth(w, m, e, env) == Truth::True
}

pub fn truth(w: &World, m: &Mind, e: &Expr, env: &Env) -> Truth {
    let rank = |t: &Truth| match t {
        Truth::False => 0,
        Truth::Unknown => 1,
        Truth::True => 2,
    };
    match e {
        Expr::And(list) => list
            .iter()
            .map(|e| truth(w, m, e, env))
            .min_by_key(rank)
            .unwrap_or(Truth::True),
        Expr::Or(list) => list
            .iter()
            .map(|e| truth(w, m, e, env))
            .max_by_key(rank)
            .unwrap_or(Truth::False),
        Expr::Not(e) => !truth(w, m, e, env),
        Expr::Compare(op, a, b) => {
            let (x, y) = (value(w, m, a, env), value(w, m, b, env));
            let unknown = Expr::Const(Value::Unknown);
            if w.open && **a != unknown && **b != unknown && (x.is_unknown() || y.is_unknown()) {
                return Truth::Unknown;
            }
            Truth::of((x == y) == (*op == Cmp::Eq))
        }
        Expr::Believes(c, e) => match value(w, m, c, env).entity() {
            Some(c) => Truth::of(holds(w, m.follow(&[c]), e, env)),
            None if w.open => Truth::Unknown,
            None => Truth::False,
        },
        Expr::Over(Over::Exists, var, kind, e) => {
            let each = w.kinds[*kind as usize].iter().map(|&x| {
                let mut env = env.clone();
                env.insert(*var, x);
                truth(w, m, e, &env)
            });
            each.max_by_key(rank).unwrap_or(Truth::False)
        }
        e => match value(w, m, e, env) {
            Value::Bool(b) => Truth::of(b),
            Value::Unknown if w.open => Truth::Unknown,
            _ => Truth::False,
        },
    }
}

pub fn value(w: &World, m: &Mind, e: &Expr, env: &Env) -> Value {
    match e {
        Expr::Const(v) => *v,
        Expr::Var(v) => env.get(v).map_or(Value::Unknown, |x| Value::Entity(*x)),
        Expr::Fluent(f, args) => {
            let args: Option<Vec<u32>> =
                args.iter().map(|e| value(w, m, e, env).entity()).collect();
            args.map_or(Value::Unknown, |args| m.value(w, &(*f, args)))
        }
        e => truth(w, m, e, env).value(),
    }
}
