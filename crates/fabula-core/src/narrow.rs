//! Narrows a quantifier to the things that matter: those for which no part of its body is plainly false.
//!
//! A conjunct like `holds(v, x)` is false for all but those listed in an index when the fluent is false by default, so
//! the others need no looking at. The result of the quantifier is the same as that of the full loop.

use smallvec::SmallVec;

use crate::error::Result;
use crate::eval::{asks_known, thing, value, Env, Minds};
use crate::expr::{Cmp, Effect, Expr, Fluent, Kind, Over};
use crate::problem::Problem;
use crate::value::{Entity, Key, Value, NOBODY, UNBOUND};
use crate::ways::Way;

/// A quantifier: whether it asks for some thing (and not for every thing), its variable, and the kind.
pub type Quantifier = (bool, u32, Kind);

/// A way to list the things that matter, with the length of the list.
enum Plan<'e> {
    /// The things in an argument place of the keys of a fluent that have a value, or of which nothing is known.
    Keys(Fluent, Value, &'e [Expr]),
    /// All things of a kind.
    Members(Kind),
    /// These.
    These(Vec<Entity>),
}

struct Search<'e> {
    var: u32,
    /// Variables that may be anything: those of quantifiers inside, and those not bound yet.
    wild: u64,
    least: usize,
    best: Option<Plan<'e>>,
}

/// The things that matter to a quantifier, where they can be listed: for all others its body is false ("some"), or
/// true ("every").
pub fn candidates<M: Minds>(
    p: &Problem,
    m: &mut M,
    at: M::At,
    (some, var, kind): Quantifier,
    body: &Expr,
    env: &mut Env,
) -> Result<Option<Vec<Entity>>> {
    let members = &p.members[kind as usize];
    let mut search = Search {
        var,
        wild: 0,
        least: members.len(),
        best: None,
    };
    search.look(p, m, at, body, some, env)?;
    let mut out = match search.best {
        None => return Ok(None),
        Some(Plan::Members(other)) => p.members[other as usize].clone(),
        Some(Plan::These(list)) => list,
        Some(Plan::Keys(f, wanted, args)) => listed(p, m, at, (f, wanted, args), &search, env)?,
    };
    out.retain(|&x| p.is(x, kind));
    out.sort_unstable();
    out.dedup();
    Ok(Some(out))
}

/// The things for which effects may do something, where they can be listed: those for which their condition is not
/// plainly false, or for which a fluent that they reset to its default has another value.
pub fn affected<M: Minds>(
    p: &Problem,
    m: &mut M,
    at: M::At,
    (var, kind): (u32, Kind),
    effects: &[Effect],
    env: &mut Env,
) -> Result<Option<Vec<Entity>>> {
    let (f, args, value) = match effects {
        [Effect::If(condition, _)] => {
            return candidates(p, m, at, (true, var, kind), condition, env);
        }
        [Effect::Set(f, args, Expr::Const(Value::Bool(b)))] => (*f, args, *b),
        _ => return Ok(None),
    };
    let def = &p.fluents[f as usize];
    if def.default != Value::Bool(value) || def.keeps {
        return Ok(None);
    }
    let mut search = Search {
        var,
        wild: 0,
        least: p.members[kind as usize].len(),
        best: None,
    };
    let wanted = Value::Bool(!value);
    search.keys(p, m, at, (f, wanted, args), env)?;
    if search.best.is_none() {
        return Ok(None);
    }
    let mut out = listed(p, m, at, (f, wanted, args), &search, env)?;
    out.retain(|&x| p.is(x, kind));
    out.sort_unstable();
    out.dedup();
    Ok(Some(out))
}

impl<'e> Search<'e> {
    fn offer(&mut self, cost: usize, plan: Plan<'e>) {
        if cost < self.least {
            self.least = cost;
            self.best = Some(plan);
        }
    }

    /// Looks for atoms that have to be true (or false, when `sign` is) for the formula not to be plainly false.
    fn look<M: Minds>(
        &mut self,
        p: &Problem,
        m: &mut M,
        at: M::At,
        e: &'e Expr,
        sign: bool,
        env: &mut Env,
    ) -> Result<()> {
        match (e, sign) {
            (Expr::And(list), true) | (Expr::Or(list), false) => {
                for part in list {
                    self.look(p, m, at, part, sign, env)?;
                }
            }
            (Expr::Not(inner), _) => self.look(p, m, at, inner, !sign, env)?,
            (Expr::Over(Over::Exists, v, _, inner), true)
            | (Expr::Over(Over::Forall, v, _, inner), false)
                if *v != self.var =>
            {
                let saved = self.wild;
                self.wild |= 1 << v;
                self.look(p, m, at, inner, sign, env)?;
                self.wild = saved;
            }
            // In a closed world what is unknown is not so: without a default of true the index misses some.
            (Expr::Fluent(f, args), _)
                if sign || p.fluents[*f as usize].default == Value::Bool(true) =>
            {
                self.keys(p, m, at, (*f, Value::Bool(sign), args), env)?;
            }
            (Expr::Is(x, kind), true) if **x == Expr::Var(self.var) => {
                self.offer(p.members[*kind as usize].len(), Plan::Members(*kind));
            }
            (Expr::Compare(Cmp::Eq, a, b), true) if !asks_known(a, b) => {
                for (x, y) in [(a, b), (b, a)] {
                    let known = match &**x {
                        Expr::Fluent(..) => self.mentions(x),
                        Expr::Var(v) => *v == self.var,
                        _ => false,
                    };
                    if !known || !self.fixed(y, env) {
                        continue;
                    }
                    let wanted = value(p, m, at, y, env)?;
                    if wanted.is_unknown() {
                        continue;
                    }
                    if let Expr::Fluent(f, args) = &**x {
                        self.keys(p, m, at, (*f, wanted, args), env)?;
                    } else {
                        let these: Vec<Entity> = wanted.entity().into_iter().collect();
                        self.offer(these.len(), Plan::These(these));
                    }
                }
            }
            (Expr::Within(x, y, over), true)
                if **y == Expr::Var(self.var) && self.fixed(x, env) =>
            {
                self.around(p, m, at, (x, *over), env)?;
            }
            _ => {}
        }
        Ok(())
    }

    fn mentions(&self, e: &Expr) -> bool {
        e.free() & (1 << self.var) != 0
    }

    /// Whether an expression has a value of its own, whatever the variable stands for.
    fn fixed(&self, e: &Expr, env: &Env) -> bool {
        match e {
            Expr::Var(v) => {
                *v != self.var && self.wild & (1 << v) == 0 && env[*v as usize] != UNBOUND
            }
            Expr::Const(_) => true,
            _ => {
                let free = e.free();
                free & (self.wild | 1 << self.var) == 0
                    && (0..64).all(|v| free & (1 << v) == 0 || env[v] != UNBOUND)
            }
        }
    }

    /// A fluent that has to have a value: false by default for all that no index lists.
    fn keys<M: Minds>(
        &mut self,
        p: &Problem,
        m: &mut M,
        at: M::At,
        (f, wanted, args): (Fluent, Value, &'e [Expr]),
        env: &mut Env,
    ) -> Result<()> {
        let def = &p.fluents[f as usize];
        let plain = def.derived.is_none()
            && def.default != wanted
            && !(p.open_world && def.default.is_unknown());
        if !plain || !args.contains(&Expr::Var(self.var)) {
            return Ok(());
        }
        for e in args {
            match e {
                Expr::Var(_) if !self.fixed(e, env) => {}
                // The fluent of a thing that nobody knows is unknown, not false.
                _ if !self.fixed(e, env) || thing(p, m, at, e, env)? == NOBODY => return Ok(()),
                _ => {}
            }
        }
        let mut cost = m.holder_count(at, f, wanted)?;
        if !def.default.is_unknown() {
            cost += m.holder_count(at, f, Value::Unknown)?;
        }
        self.offer(cost, Plan::Keys(f, wanted, args));
        Ok(())
    }

    /// What is around a thing, and what may be around it.
    fn around<M: Minds>(
        &mut self,
        p: &Problem,
        m: &mut M,
        at: M::At,
        (x, over): (&Expr, Fluent),
        env: &mut Env,
    ) -> Result<()> {
        let x = thing(p, m, at, x, env)?;
        let mut way = Way::new(x);
        let mut out = Vec::new();
        loop {
            match crate::eval::fluent(p, m, at, over, &[way.here])? {
                Value::Entity(next) => {
                    out.push(next);
                    if !way.go(next) {
                        break;
                    }
                }
                _ if !p.open_world => break,
                _ => match p.fluents[over as usize].encloses {
                    Some(kind) if p.is(way.here, kind) => {
                        out.extend(&p.members[kind as usize]);
                        break;
                    }
                    _ => return Ok(()),
                },
            }
        }
        self.offer(out.len(), Plan::These(out));
        Ok(())
    }
}

fn listed<M: Minds>(
    p: &Problem,
    m: &mut M,
    at: M::At,
    (f, wanted, args): (Fluent, Value, &[Expr]),
    search: &Search<'_>,
    env: &mut Env,
) -> Result<Vec<Entity>> {
    let mut keys: Vec<Key> = Vec::new();
    m.holders(at, f, wanted, &mut keys)?;
    if !p.fluents[f as usize].default.is_unknown() {
        m.holders(at, f, Value::Unknown, &mut keys)?;
    }
    let mut fixed: SmallVec<[Entity; 4]> = SmallVec::new();
    for e in args {
        fixed.push(if search.fixed(e, env) {
            thing(p, m, at, e, env)?
        } else {
            UNBOUND
        });
    }
    let arity = args.len();
    let place = args.iter().position(|e| *e == Expr::Var(search.var));
    let place = place.unwrap_or_default();
    let fits =
        |key: &&Key| (0..arity).all(|i| fixed[i] == UNBOUND || p.arg(**key, i, arity) == fixed[i]);
    Ok(keys
        .iter()
        .filter(fits)
        .map(|key| p.arg(*key, place, arity))
        .collect())
}
