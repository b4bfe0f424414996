//! Truth and value of expressions in a mind.
//!
//! In a closed world `?` is a value like any other and formulas are two-valued; in an open world they follow
//! Kleene's strong three-valued logic, and a comparison with something unknown is unknown.

use std::sync::atomic::Ordering;

use smallvec::SmallVec;

use crate::error::Result;
use crate::expr::{Arith, Cmp, Expr, Fluent, Kind, Over};
use crate::narrow::candidates;
use crate::problem::Problem;
use crate::value::{Entity, Key, Truth, Value, NOBODY, UNBOUND};
use crate::ways::Way;

/// A way of holding minds: the world, what somebody believes it to be, and so on.
pub trait Minds {
    /// One mind at one time.
    type At: Copy;
    /// Whether what has to be worked out inside of another mind is put off until somebody asks for that mind.
    const LATER: bool;
    /// The moment at which a mind is looked at, where that has to be remembered.
    fn moment(&self, at: Self::At) -> u64;
    /// The value of a settable fluent.
    fn value(&mut self, at: Self::At, key: Key) -> Result<Value>;
    /// Whether the fluent was explicitly set.
    fn explicit(&mut self, at: Self::At, key: Key) -> Result<bool>;
    /// What a character there believes to be actual.
    fn mind(&mut self, at: Self::At, character: Entity) -> Result<Self::At>;
    /// Appends the keys of a fluent that were set to a value.
    fn holders(
        &mut self,
        at: Self::At,
        fluent: Fluent,
        value: Value,
        out: &mut Vec<Key>,
    ) -> Result<()>;
    /// Whether it is certain that a fluent was never true of anything.
    fn never(&self, at: Self::At, fluent: Fluent) -> bool;
    /// About how many there are.
    fn holder_count(&mut self, at: Self::At, fluent: Fluent, value: Value) -> Result<usize>;
}

/// The things that variables stand for.
pub type Env = SmallVec<[Entity; 12]>;

/// A binding of the first variables, with room for every variable of the problem.
pub fn env(problem: &Problem, args: &[Entity]) -> Env {
    let mut env: Env = SmallVec::from_slice(args);
    env.resize(
        problem.slots.load(Ordering::Relaxed).max(args.len() + 1),
        UNBOUND,
    );
    env
}

/// The thing that an expression names, or nobody.
pub fn thing<M: Minds>(
    p: &Problem,
    m: &mut M,
    at: M::At,
    e: &Expr,
    env: &mut Env,
) -> Result<Entity> {
    Ok(match e {
        Expr::Var(v) => env[*v as usize],
        Expr::Const(Value::Entity(x)) => *x,
        _ => value(p, m, at, e, env)?.entity().unwrap_or(NOBODY),
    })
}

/// The things that expressions name.
pub fn things<M: Minds>(
    p: &Problem,
    m: &mut M,
    at: M::At,
    list: &[Expr],
    env: &mut Env,
) -> Result<SmallVec<[Entity; 4]>> {
    let mut out = SmallVec::new();
    for e in list {
        out.push(thing(p, m, at, e, env)?);
    }
    Ok(out)
}

/// The value of a fluent, settable or derived; unknown when one of its things is.
pub fn fluent<M: Minds>(
    p: &Problem,
    m: &mut M,
    at: M::At,
    f: Fluent,
    args: &[Entity],
) -> Result<Value> {
    if let Some((over, until)) = p.fluents[f as usize].derived {
        return derived(p, m, at, over, until, args[0]);
    }
    match p.key(f, args) {
        Some(key) => m.value(at, key),
        None => Ok(Value::Unknown),
    }
}

/// The nearest of over(x), over(over(x)), … that is of a kind; unknown when the way ends or turns back first.
fn derived<M: Minds>(
    p: &Problem,
    m: &mut M,
    at: M::At,
    over: Fluent,
    until: Kind,
    x: Entity,
) -> Result<Value> {
    let mut way = Way::new(x);
    while let Value::Entity(next) = fluent(p, m, at, over, &[way.here])? {
        if p.is(next, until) {
            return Ok(Value::Entity(next));
        }
        if !way.go(next) {
            break;
        }
    }
    Ok(Value::Unknown)
}

/// Whether y is met on the way out from x.
fn within<M: Minds>(
    p: &Problem,
    m: &mut M,
    at: M::At,
    x: Entity,
    y: Entity,
    over: Fluent,
) -> Result<Truth> {
    let unknown = if p.open_world {
        Truth::Unknown
    } else {
        Truth::False
    };
    if y == NOBODY {
        return Ok(unknown);
    }
    let mut way = Way::new(x);
    loop {
        match fluent(p, m, at, over, &[way.here])? {
            Value::Entity(next) if next == y => return Ok(Truth::True),
            Value::Entity(next) if way.go(next) => {}
            Value::Entity(_) => return Ok(Truth::False),
            _ if p.shut_out(over, way.here, y) => return Ok(Truth::False),
            _ => return Ok(unknown),
        }
    }
}

fn truth_of(p: &Problem, value: Value) -> Truth {
    match value {
        Value::Bool(b) => Truth::of(b),
        Value::Unknown if p.open_world => Truth::Unknown,
        _ => Truth::False,
    }
}

/// How two values compare; `literal` when one side is written `?`, which asks whether the other is known.
pub fn compare(p: &Problem, op: Cmp, a: Value, b: Value, literal: bool) -> Truth {
    if p.open_world && !literal && (a.is_unknown() || b.is_unknown()) {
        return Truth::Unknown;
    }
    match op {
        Cmp::Eq => Truth::of(a == b),
        Cmp::Ne => Truth::of(a != b),
        _ => match (a.as_number(), b.as_number()) {
            (Some(x), Some(y)) => Truth::of(match op {
                Cmp::Lt => x < y,
                Cmp::Le => x <= y,
                Cmp::Gt => x > y,
                _ => x >= y,
            }),
            _ => Truth::False,
        },
    }
}

/// Whether a comparison asks whether something is known: one side is written `?`.
pub fn asks_known(a: &Expr, b: &Expr) -> bool {
    matches!(a, Expr::Const(Value::Unknown)) || matches!(b, Expr::Const(Value::Unknown))
}

/// The truth of a formula.
pub fn truth<M: Minds>(
    p: &Problem,
    m: &mut M,
    at: M::At,
    e: &Expr,
    env: &mut Env,
) -> Result<Truth> {
    Ok(match e {
        Expr::And(list) => {
            let mut result = Truth::True;
            for part in list {
                match truth(p, m, at, part, env)? {
                    Truth::False => return Ok(Truth::False),
                    Truth::Unknown => result = Truth::Unknown,
                    Truth::True => {}
                }
            }
            result
        }
        Expr::Or(list) => {
            let mut result = Truth::False;
            for part in list {
                match truth(p, m, at, part, env)? {
                    Truth::True => return Ok(Truth::True),
                    Truth::Unknown => result = Truth::Unknown,
                    Truth::False => {}
                }
            }
            result
        }
        Expr::Not(e) => !truth(p, m, at, e, env)?,
        Expr::Compare(op, a, b) => {
            let x = value(p, m, at, a, env)?;
            let y = value(p, m, at, b, env)?;
            compare(p, *op, x, y, asks_known(a, b))
        }
        Expr::Believes(who, e) => match thing(p, m, at, who, env)? {
            who if p.is_character(who) => {
                let mind = m.mind(at, who)?;
                Truth::of(truth(p, m, mind, e, env)?.holds())
            }
            _ => truth_of(p, Value::Unknown),
        },
        Expr::Is(e, kind) => match value(p, m, at, e, env)? {
            Value::Entity(x) => Truth::of(p.is(x, *kind)),
            other => truth_of(
                p,
                if other.is_unknown() {
                    other
                } else {
                    Value::Bool(false)
                },
            ),
        },
        Expr::Over(over @ (Over::Exists | Over::Forall), var, kind, e) => {
            let deciding = if *over == Over::Exists {
                Truth::True
            } else {
                Truth::False
            };
            let some = *over == Over::Exists;
            let narrowed = candidates(p, m, at, (some, *var, *kind), e, env)?;
            let domain = narrowed.as_deref().unwrap_or(&p.members[*kind as usize]);
            let saved = env[*var as usize];
            let mut result = !deciding;
            for &x in domain {
                env[*var as usize] = x;
                let here = truth(p, m, at, e, env)?;
                if here == deciding {
                    result = here;
                    break;
                }
                if here == Truth::Unknown {
                    result = here;
                }
            }
            env[*var as usize] = saved;
            result
        }
        Expr::Known(e) => Truth::of(!value(p, m, at, e, env)?.is_unknown()),
        Expr::Within(x, y, over) => {
            let x = thing(p, m, at, x, env)?;
            let y = thing(p, m, at, y, env)?;
            within(p, m, at, x, y, *over)?
        }
        _ => truth_of(p, value(p, m, at, e, env)?),
    })
}

/// The value of an expression.
pub fn value<M: Minds>(
    p: &Problem,
    m: &mut M,
    at: M::At,
    e: &Expr,
    env: &mut Env,
) -> Result<Value> {
    Ok(match e {
        Expr::Const(v) => *v,
        Expr::Var(v) => match env[*v as usize] {
            x if x >= UNBOUND => Value::Unknown,
            x => Value::Entity(x),
        },
        Expr::Fluent(f, args) => {
            let args = things(p, m, at, args, env)?;
            fluent(p, m, at, *f, &args)?
        }
        Expr::Believes(who, e) if !e.is_formula() => match thing(p, m, at, who, env)? {
            who if p.is_character(who) => {
                let mind = m.mind(at, who)?;
                value(p, m, mind, e, env)?
            }
            _ => Value::Unknown,
        },
        Expr::Over(over @ (Over::Sum | Over::Product), var, kind, e) => {
            let saved = env[*var as usize];
            let mut total = Some(if *over == Over::Sum { 0.0 } else { 1.0 });
            for &x in &p.members[*kind as usize] {
                env[*var as usize] = x;
                let here = value(p, m, at, e, env)?.as_number();
                total = total
                    .zip(here)
                    .map(|(t, x)| if *over == Over::Sum { t + x } else { t * x });
            }
            env[*var as usize] = saved;
            total.map_or(Value::Unknown, Value::number)
        }
        Expr::If(condition, a, b) => match truth(p, m, at, condition, env)? {
            Truth::True => value(p, m, at, a, env)?,
            Truth::False => value(p, m, at, b, env)?,
            Truth::Unknown => {
                let x = value(p, m, at, a, env)?;
                let y = value(p, m, at, b, env)?;
                if x == y {
                    x
                } else {
                    Value::Unknown
                }
            }
        },
        Expr::Arith(op, a, b) => {
            let x = value(p, m, at, a, env)?.as_number();
            let y = value(p, m, at, b, env)?.as_number();
            x.zip(y).map_or(Value::Unknown, |(x, y)| {
                Value::number(match op {
                    Arith::Add => x + y,
                    Arith::Sub => x - y,
                    Arith::Mul => x * y,
                    Arith::Div => x / y,
                })
            })
        }
        _ => truth(p, m, at, e, env)?.value(),
    })
}
