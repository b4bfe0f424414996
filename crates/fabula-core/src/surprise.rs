//! What an observer learns who did not think an event possible (engine: "An event", 2).

use crate::effects::Chain;
use crate::error::Result;
use crate::eval::{things, truth, value, Env, Minds};
use crate::expr::{Cmp, Expr, Fluent, Over};
use crate::problem::Problem;
use crate::value::{Entity, Key, Truth, Value, NOBODY};
use crate::ways::Way;

/// A correction of a mind: its chain is seen from that mind, empty for the mind itself.
pub type Correction = (Chain, Key, Value);

/// The two sides of a surprise: what is so, and what the observer believes.
pub struct Surprise<'a, At> {
    /// The problem.
    pub p: &'a Problem,
    /// Where the event really happens.
    pub actual: At,
    /// The observer's mind before it.
    pub mind: At,
    /// The observer.
    pub observer: Entity,
    /// Whom he takes for whom: the things that look like others.
    pub looks: &'a [(Entity, Entity)],
}

/// How a part of the precondition is read.
#[derive(Clone)]
struct View<At> {
    actual: At,
    mind: At,
    negated: bool,
    denied: bool,
    chain: Chain,
}

impl<At: Copy> Surprise<'_, At> {
    /// The corrections that make the observer's mind fit the event; none when he thought it possible.
    pub fn corrections<M: Minds<At = At>>(
        &self,
        m: &mut M,
        e: &Expr,
        env: &mut Env,
    ) -> Result<Vec<Correction>> {
        let mut seen = self.seen(env);
        if truth(self.p, m, self.mind, e, &mut seen)?.holds() {
            return Ok(Vec::new());
        }
        let view = View {
            actual: self.actual,
            mind: self.mind,
            negated: false,
            denied: false,
            chain: Chain::new(),
        };
        let mut out = Vec::new();
        self.collect(m, &view, e, env, &mut out)?;
        Ok(merge(out))
    }

    fn seen(&self, env: &Env) -> Env {
        env.iter().map(|&x| self.taken_for(x)).collect()
    }

    fn taken_for(&self, x: Entity) -> Entity {
        self.looks
            .iter()
            .find(|(from, _)| *from == x)
            .map_or(x, |(_, to)| *to)
    }

    fn seen_value(&self, v: Value) -> Value {
        match v {
            Value::Entity(x) => match self.taken_for(x) {
                NOBODY => Value::Unknown,
                y => Value::Entity(y),
            },
            other => other,
        }
    }

    fn holds<M: Minds<At = At>>(
        &self,
        m: &mut M,
        v: &View<At>,
        at: At,
        e: &Expr,
        env: &mut Env,
    ) -> Result<bool> {
        let mut t = truth(self.p, m, at, e, env)?;
        if v.negated {
            t = !t;
        }
        Ok(if v.denied {
            t != Truth::True
        } else {
            t == Truth::True
        })
    }

    /// Follows every clause that holds where the event happens.
    fn collect<M: Minds<At = At>>(
        &self,
        m: &mut M,
        v: &View<At>,
        e: &Expr,
        env: &mut Env,
        out: &mut Vec<Correction>,
    ) -> Result<()> {
        let flipped = v.negated != v.denied;
        match e {
            Expr::Not(inner) => {
                let v = View {
                    negated: !v.negated,
                    ..v.clone()
                };
                return self.collect(m, &v, inner, env, out);
            }
            // A conjunction whose clauses do not all hold has no clause that holds.
            _ if !self.holds(m, v, v.actual, e, env)? => {}
            Expr::And(list) | Expr::Or(list) => {
                for part in list {
                    self.collect(m, v, part, env, out)?;
                }
            }
            Expr::Over(Over::Exists | Over::Forall, var, kind, inner) => {
                let saved = env[*var as usize];
                for &x in &self.p.members[*kind as usize] {
                    env[*var as usize] = x;
                    self.collect(m, v, inner, env, out)?;
                }
                env[*var as usize] = saved;
            }
            Expr::Believes(who, inner) => {
                let who = crate::eval::thing(self.p, m, v.actual, who, env)?;
                let seen = self.taken_for(who);
                if !self.p.is_character(who) || !self.p.is_character(seen) {
                    return Ok(());
                }
                let v = View {
                    actual: m.mind(v.actual, who)?,
                    mind: m.mind(v.mind, seen)?,
                    negated: false,
                    denied: flipped,
                    chain: self.deeper(&v.chain, seen),
                };
                return self.collect(m, &v, inner, env, out);
            }
            _ => {
                let mut seen = self.seen(env);
                if !self.holds(m, v, v.mind, e, &mut seen)? {
                    self.literal(m, v, e, env, out)?;
                }
            }
        }
        Ok(())
    }

    fn deeper(&self, chain: &Chain, who: Entity) -> Chain {
        let mut chain = chain.clone();
        if chain.last().copied().unwrap_or(self.observer) != who {
            chain.push(who);
        }
        chain
    }

    fn literal<M: Minds<At = At>>(
        &self,
        m: &mut M,
        v: &View<At>,
        e: &Expr,
        env: &mut Env,
        out: &mut Vec<Correction>,
    ) -> Result<()> {
        let flipped = v.negated != v.denied;
        match e {
            Expr::Compare(op, a, b) => match if flipped { op.negated() } else { *op } {
                Cmp::Eq => {
                    self.learn(m, v, a, env, true, out)?;
                    self.learn(m, v, b, env, true, out)
                }
                Cmp::Ne => {
                    let (f, g) = if matches!(**a, Expr::Const(_) | Expr::Var(_)) {
                        (b, a)
                    } else {
                        (a, b)
                    };
                    self.learn(m, v, g, env, true, out)?;
                    let other = value(self.p, m, v.actual, g, env)?;
                    let held = value(self.p, m, v.mind, f, &mut self.seen(env))?;
                    if held == self.seen_value(other) {
                        self.learn(m, v, f, env, false, out)?;
                    }
                    Ok(())
                }
                _ => {
                    self.learn(m, v, a, env, false, out)?;
                    self.learn(m, v, b, env, false, out)
                }
            },
            Expr::Known(_) if !flipped => Ok(()),
            Expr::Known(inner) => self.learn(m, v, inner, env, true, out),
            Expr::Is(inner, _) => self.learn(m, v, inner, env, false, out),
            Expr::Within(x, y, over) => {
                let x = crate::eval::thing(self.p, m, v.actual, x, env)?;
                let y = crate::eval::thing(self.p, m, v.actual, y, env)?;
                if flipped {
                    self.forget_link(v, *over, x, out)
                } else {
                    self.learn_way(m, v, *over, x, |z| z == y, out)
                }
            }
            _ => self.learn(m, v, e, env, true, out),
        }
    }

    /// Every fluent of an expression gets its actual value in the mind, or becomes unknown there.
    fn learn<M: Minds<At = At>>(
        &self,
        m: &mut M,
        v: &View<At>,
        e: &Expr,
        env: &mut Env,
        known: bool,
        out: &mut Vec<Correction>,
    ) -> Result<()> {
        match e {
            Expr::Fluent(f, args) => {
                if known {
                    for arg in args {
                        self.learn(m, v, arg, env, true, out)?;
                    }
                }
                let args = things(self.p, m, v.actual, args, env)?;
                if let Some((over, until)) = self.p.fluents[*f as usize].derived {
                    return if known {
                        self.learn_way(m, v, over, args[0], |z| self.p.is(z, until), out)
                    } else {
                        self.forget_link(v, over, args[0], out)
                    };
                }
                let actual = crate::eval::fluent(self.p, m, v.actual, *f, &args)?;
                let seen: Vec<Entity> = args.iter().map(|&x| self.taken_for(x)).collect();
                if let Some(key) = self.p.key(*f, &seen) {
                    let value = if known {
                        self.seen_value(actual)
                    } else {
                        Value::Unknown
                    };
                    out.push((v.chain.clone(), key, value));
                }
                Ok(())
            }
            Expr::Believes(who, inner) => {
                let who = crate::eval::thing(self.p, m, v.actual, who, env)?;
                let seen = self.taken_for(who);
                if !self.p.is_character(who) || !self.p.is_character(seen) {
                    return Ok(());
                }
                let v = View {
                    actual: m.mind(v.actual, who)?,
                    mind: m.mind(v.mind, seen)?,
                    chain: self.deeper(&v.chain, seen),
                    ..v.clone()
                };
                self.learn(m, &v, inner, env, known, out)
            }
            Expr::Over(_, var, kind, inner) => {
                let saved = env[*var as usize];
                for &x in &self.p.members[*kind as usize] {
                    env[*var as usize] = x;
                    self.learn(m, v, inner, env, known, out)?;
                }
                env[*var as usize] = saved;
                Ok(())
            }
            _ => {
                for part in e.children() {
                    self.learn(m, v, part, env, known, out)?;
                }
                Ok(())
            }
        }
    }

    fn forget_link(
        &self,
        v: &View<At>,
        over: Fluent,
        x: Entity,
        out: &mut Vec<Correction>,
    ) -> Result<()> {
        if let Some(key) = self.p.key(over, &[self.taken_for(x)]) {
            out.push((v.chain.clone(), key, Value::Unknown));
        }
        Ok(())
    }

    /// The links of the way out from x, up to the one that is looked for.
    fn learn_way<M: Minds<At = At>>(
        &self,
        m: &mut M,
        v: &View<At>,
        over: Fluent,
        x: Entity,
        end: impl Fn(Entity) -> bool,
        out: &mut Vec<Correction>,
    ) -> Result<()> {
        let mut way = Way::new(x);
        loop {
            let next = crate::eval::fluent(self.p, m, v.actual, over, &[way.here])?;
            if let Some(key) = self.p.key(over, &[self.taken_for(way.here)]) {
                out.push((v.chain.clone(), key, self.seen_value(next)));
            }
            match next {
                Value::Entity(z) if !end(z) && way.go(z) => {}
                _ => return Ok(()),
            }
        }
    }
}

/// One correction for each fluent of each mind: a known value beats unknown.
pub fn merge(mut list: Vec<Correction>) -> Vec<Correction> {
    list.sort_by(|a, b| (&a.0, a.1).cmp(&(&b.0, b.1)).then(b.2.cmp(&a.2)));
    list.dedup_by(|b, a| a.0 == b.0 && a.1 == b.1);
    list
}
