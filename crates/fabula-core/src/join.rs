//! Finds the bindings for which a formula holds by joining its literals through the indexes of a mind.

use serde::{Deserialize, Serialize};
use smallvec::SmallVec;

use crate::error::Result;
use crate::eval::{asks_known, thing, truth, value, Env, Minds};
use crate::expr::{Cmp, Expr, Fluent, Kind, Over};
use crate::problem::Problem;
use crate::value::{Entity, Key, Value, NOBODY, UNBOUND};
use crate::ways::{around, inside};

/// A formula prepared for joins: its conjuncts with the parameters they mention.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Query {
    params: Vec<Kind>,
    conjuncts: Vec<(Expr, u64)>,
    /// Those that ask what somebody believes: they offer no bindings, and looking into minds is dear.
    beliefs: Vec<Expr>,
    /// Fluents that have to be true of something for there to be a binding at all.
    true_of_some: Vec<Fluent>,
    /// Kinds of which there has to be something.
    kinds: Vec<Kind>,
}

impl Query {
    /// Prepares a formula over parameters of the given kinds (variables 0, 1, …).
    pub fn new(params: &[Kind], formula: &Expr) -> Query {
        let mut query = Query {
            params: params.to_vec(),
            conjuncts: Vec::new(),
            beliefs: Vec::new(),
            true_of_some: Vec::new(),
            kinds: Vec::new(),
        };
        query.flatten(formula);
        for (e, _) in &query.conjuncts {
            match e {
                Expr::Fluent(f, _) => query.true_of_some.push(*f),
                Expr::Is(_, kind) => query.kinds.push(*kind),
                _ => {}
            }
        }
        query
    }

    /// Whether there can be no binding in a mind: there is nothing of a kind, or nothing of which a fluent was ever true.
    pub fn barren<M: Minds>(&self, p: &Problem, m: &M, at: M::At) -> bool {
        let nothing = |&kind: &Kind| p.members[kind as usize].is_empty();
        self.kinds.iter().any(nothing) || self.true_of_some.iter().any(|&f| never(p, m, at, f))
    }

    fn flatten(&mut self, formula: &Expr) {
        match formula {
            Expr::And(list) => list.iter().for_each(|e| self.flatten(e)),
            Expr::Const(Value::Bool(true)) => {}
            Expr::Believes(..) => self.beliefs.push(formula.clone()),
            Expr::Not(e) if matches!(**e, Expr::Believes(..)) => self.beliefs.push(formula.clone()),
            e => self.conjuncts.push((e.clone(), e.free())),
        }
    }
}

/// Whether a fluent is true of nothing in a mind, as it never was.
fn never<M: Minds>(p: &Problem, m: &M, at: M::At, f: Fluent) -> bool {
    let def = &p.fluents[f as usize];
    def.derived.is_none() && def.default != Value::Bool(true) && m.never(at, f)
}

/// Whether a formula holds of nothing, as one of its conjuncts is about a fluent that was never true of anything.
fn hopeless<M: Minds>(p: &Problem, m: &M, at: M::At, e: &Expr) -> bool {
    match e {
        Expr::And(list) => list.iter().any(|e| hopeless(p, m, at, e)),
        Expr::Over(Over::Exists, _, _, body) => hopeless(p, m, at, body),
        Expr::Fluent(f, _) => never(p, m, at, *f),
        _ => false,
    }
}

/// The bindings that extend `env` (unbound parameters are found) and make the formula true, sorted.
pub fn find<M: Minds>(
    p: &Problem,
    m: &mut M,
    at: M::At,
    q: &Query,
    env: &mut Env,
) -> Result<Vec<Env>> {
    let mut out = Vec::new();
    if q.barren(p, m, at) {
        return Ok(out);
    }
    let rest: Rest = q.conjuncts.iter().map(|(e, free)| (e, *free)).collect();
    let mut search = Search {
        p,
        at,
        q,
        out: &mut out,
    };
    if search.kinds_fit(env) {
        search.solve(m, env, rest)?;
    }
    out.sort_unstable();
    out.dedup();
    Ok(out)
}

/// Stands for a kind in the parameters of a query: everybody who has a mind.
pub const CHARACTERS: Kind = Kind::MAX;

type Rest<'e> = SmallVec<[(&'e Expr, u64); 16]>;

struct Search<'a, At> {
    p: &'a Problem,
    at: At,
    q: &'a Query,
    out: &'a mut Vec<Env>,
}

/// How to find things for unbound parameters.
enum Source<'e> {
    /// Evaluating an expression gives the parameter's thing.
    Is(u32, &'e Expr),
    /// Keys of a fluent that have a value.
    Holders(Fluent, Value, &'e [Expr]),
    /// Things inside another.
    Inside(u32, Fluent, Entity),
    /// Things that another is in.
    Around(u32, Fluent, Entity),
    /// Things of a kind.
    Kind(u32, Kind),
    /// Things inside anything of a kind.
    InsideKind(u32, Fluent, Kind),
    /// One of several alternatives.
    Either(&'e [Expr]),
    /// Everything of the kind.
    Members(u32),
    /// Nothing can match.
    Nothing,
}

impl<'a, At: Copy> Search<'a, At> {
    fn fits(&self, var: u32, x: Entity) -> bool {
        match self.q.params[var as usize] {
            CHARACTERS => self.p.is_character(x),
            kind => self.p.is(x, kind),
        }
    }

    fn members(&self, var: u32) -> &'a [Entity] {
        match self.q.params[var as usize] {
            CHARACTERS => &self.p.characters,
            kind => &self.p.members[kind as usize],
        }
    }

    fn kinds_fit(&self, env: &Env) -> bool {
        (0..self.q.params.len()).all(|v| env[v] >= UNBOUND || self.fits(v as u32, env[v]))
    }

    fn unbound(&self, env: &Env) -> u64 {
        (0..self.q.params.len()).fold(
            0,
            |set, v| if env[v] == UNBOUND { set | 1 << v } else { set },
        )
    }

    fn solve<'e, M: Minds<At = At>>(
        &mut self,
        m: &mut M,
        env: &mut Env,
        mut rest: Rest<'e>,
    ) -> Result<()> {
        let unbound = self.unbound(env);
        let mut i = 0;
        while i < rest.len() {
            if rest[i].1 & unbound == 0 {
                if !truth(self.p, m, self.at, rest[i].0, env)?.holds() {
                    return Ok(());
                }
                rest.swap_remove(i);
            } else {
                i += 1;
            }
        }
        if unbound == 0 {
            for e in &self.q.beliefs {
                if !truth(self.p, m, self.at, e, env)?.holds() {
                    return Ok(());
                }
            }
            self.out
                .push(env.iter().take(self.q.params.len()).copied().collect());
            return Ok(());
        }
        let mut best: Option<(usize, usize, Source<'e>)> = None;
        for (i, &(e, _)) in rest.iter().enumerate() {
            if let Some((cost, source)) = self.source(m, e, env, unbound)? {
                if best.as_ref().is_none_or(|(least, ..)| cost < *least) {
                    best = Some((cost, i, source));
                }
            }
        }
        let smallest = (0..self.q.params.len() as u32)
            .filter(|v| unbound & (1 << v) != 0)
            .map(|v| (self.members(v).len(), v))
            .min()
            .unwrap_or_default();
        match best {
            // Where no better way exists, alternatives are followed one by one.
            Some((cost, i, source)) if cost <= smallest.0 || matches!(source, Source::Nothing) => {
                self.follow(m, env, rest, i, source)
            }
            _ => self.follow(m, env, rest, usize::MAX, Source::Members(smallest.1)),
        }
    }

    /// The bindings that one conjunct offers, with their estimated number.
    fn source<'e, M: Minds<At = At>>(
        &mut self,
        m: &mut M,
        e: &'e Expr,
        env: &mut Env,
        unbound: u64,
    ) -> Result<Option<(usize, Source<'e>)>> {
        let ready = |e: &Expr| e.free() & unbound == 0;
        let open = |e: &Expr| match e {
            Expr::Var(v) if unbound & (1 << v) != 0 => Some(*v),
            _ => None,
        };
        match e {
            Expr::Fluent(f, args) => self.holders(m, *f, args, Value::Bool(true), env, unbound),
            Expr::Not(e) => match &**e {
                // In a closed world what is unknown is not so either: the index of the false ones misses that.
                Expr::Fluent(f, args) if self.p.open_world => {
                    self.holders(m, *f, args, Value::Bool(false), env, unbound)
                }
                _ => Ok(None),
            },
            // `== ?` asks for what is not known: the index does not list that.
            Expr::Compare(Cmp::Eq, a, b) if !asks_known(a, b) => {
                for (x, y) in [(a, b), (b, a)] {
                    if !ready(y) {
                        continue;
                    }
                    if let Some(v) = open(x) {
                        return Ok(Some((0, Source::Is(v, y))));
                    }
                    if let Expr::Fluent(f, args) = &**x {
                        let wanted = value(self.p, m, self.at, y, env)?;
                        return self.holders(m, *f, args, wanted, env, unbound);
                    }
                }
                Ok(None)
            }
            Expr::Within(x, y, over) if self.p.fluents[*over as usize].default.is_unknown() => {
                if let (Some(v), true) = (open(x), ready(y)) {
                    let y = thing(self.p, m, self.at, y, env)?;
                    return Ok(Some((8, Source::Inside(v, *over, y))));
                }
                if let (true, Some(v)) = (ready(x), open(y)) {
                    let x = thing(self.p, m, self.at, x, env)?;
                    return Ok(Some((2, Source::Around(v, *over, x))));
                }
                Ok(None)
            }
            Expr::Is(x, kind) => Ok(match &**x {
                Expr::Var(v) if unbound & (1 << v) != 0 => Some((
                    self.p.members[*kind as usize].len(),
                    Source::Kind(*v, *kind),
                )),
                // The nearest thing of some sort around a thing is of the kind: the thing is inside one of that kind.
                Expr::Fluent(f, args) => match (self.p.fluents[*f as usize].derived, &args[0]) {
                    (Some((over, _)), Expr::Var(v))
                        if unbound & (1 << v) != 0
                            && self.p.fluents[over as usize].default.is_unknown() =>
                    {
                        let count = self.p.members[*kind as usize].len();
                        Some((8 * count, Source::InsideKind(*v, over, *kind)))
                    }
                    _ => None,
                },
                _ => None,
            }),
            Expr::Or(list) => {
                let mut total = 1usize;
                for e in list {
                    let parts = if let Expr::And(parts) = e {
                        &parts[..]
                    } else {
                        std::slice::from_ref(e)
                    };
                    let mut least = None;
                    for part in parts {
                        // An alternative that is decided asks for no bindings, so it would leave them all open.
                        let offer = if ready(part) {
                            None
                        } else {
                            self.source(m, part, env, unbound)?
                        };
                        least = least.into_iter().chain(offer.map(|(cost, _)| cost)).min();
                    }
                    match least {
                        Some(cost) => total = total.saturating_add(cost),
                        None => return Ok(None),
                    }
                }
                Ok(Some((total, Source::Either(list))))
            }
            // What some other thing has to do that nothing ever did; else it is left to be tried on each.
            Expr::Over(Over::Exists, _, _, body) => {
                Ok(hopeless(self.p, m, self.at, body).then_some((0, Source::Nothing)))
            }
            _ => Ok(None),
        }
    }

    fn holders<'e, M: Minds<At = At>>(
        &mut self,
        m: &mut M,
        f: Fluent,
        args: &'e [Expr],
        wanted: Value,
        env: &mut Env,
        unbound: u64,
    ) -> Result<Option<(usize, Source<'e>)>> {
        let def = &self.p.fluents[f as usize];
        if wanted.is_unknown() {
            // In an open world nothing equals the unknown; in a closed one it may be the default.
            return Ok(self.p.open_world.then_some((0, Source::Nothing)));
        }
        if let Some((over, _)) = def.derived {
            let around = self.p.fluents[over as usize].default.is_unknown();
            return Ok(match (&args[0], wanted) {
                (Expr::Var(v), Value::Entity(y)) if around && unbound & (1 << v) != 0 => {
                    Some((8, Source::Inside(*v, over, y)))
                }
                _ => None,
            });
        }
        let simple = args
            .iter()
            .all(|e| matches!(e, Expr::Var(_)) || e.free() & unbound == 0);
        if !simple || wanted == def.default || args.iter().all(|e| e.free() & unbound == 0) {
            return Ok(None);
        }
        let _ = env;
        Ok(Some((
            m.holder_count(self.at, f, wanted)?,
            Source::Holders(f, wanted, args),
        )))
    }

    fn follow<'e, M: Minds<At = At>>(
        &mut self,
        m: &mut M,
        env: &mut Env,
        rest: Rest<'e>,
        i: usize,
        source: Source<'e>,
    ) -> Result<()> {
        let (var, found): (u32, Vec<Entity>) = match source {
            Source::Nothing => return Ok(()),
            Source::Either(list) => {
                for e in list {
                    let mut rest = rest.clone();
                    rest.remove(i);
                    let parts = if let Expr::And(parts) = e {
                        &parts[..]
                    } else {
                        std::slice::from_ref(e)
                    };
                    rest.extend(parts.iter().map(|e| (e, e.free())));
                    self.solve(m, env, rest)?;
                }
                return Ok(());
            }
            Source::Holders(f, wanted, args) => {
                let mut keys = Vec::new();
                m.holders(self.at, f, wanted, &mut keys)?;
                return self.bind_keys(m, env, &rest, args, &keys);
            }
            Source::Is(v, e) => (v, vec![thing(self.p, m, self.at, e, env)?]),
            Source::Inside(v, over, y) => (v, inside(self.p, m, self.at, over, y)?),
            Source::Around(v, over, x) => (v, around(self.p, m, self.at, over, x)?),
            Source::Kind(v, kind) => (v, self.p.members[kind as usize].clone()),
            Source::InsideKind(v, over, kind) => {
                let mut found = Vec::new();
                for &y in &self.p.members[kind as usize] {
                    found.extend(inside(self.p, m, self.at, over, y)?);
                }
                (v, found)
            }
            Source::Members(v) => (v, self.members(v).to_vec()),
        };
        for x in found {
            if x < UNBOUND && self.fits(var, x) {
                env[var as usize] = x;
                self.solve(m, env, rest.clone())?;
            }
        }
        env[var as usize] = UNBOUND;
        Ok(())
    }

    fn bind_keys<M: Minds<At = At>>(
        &mut self,
        m: &mut M,
        env: &mut Env,
        rest: &Rest<'_>,
        args: &[Expr],
        keys: &[Key],
    ) -> Result<()> {
        let unbound = self.unbound(env);
        let mut fixed: SmallVec<[Entity; 4]> = SmallVec::new();
        for e in args {
            fixed.push(if e.free() & unbound == 0 {
                thing(self.p, m, self.at, e, env)?
            } else {
                UNBOUND
            });
        }
        if fixed.contains(&NOBODY) {
            return Ok(());
        }
        for &key in keys {
            let ok = (0..args.len()).all(|place| {
                let x = self.p.arg(key, place, args.len());
                match &args[place] {
                    _ if fixed[place] != UNBOUND => fixed[place] == x,
                    Expr::Var(v) if env[*v as usize] == UNBOUND => {
                        env[*v as usize] = x;
                        self.fits(*v, x)
                    }
                    Expr::Var(v) => env[*v as usize] == x,
                    _ => false,
                }
            });
            if ok {
                self.solve(m, env, rest.clone())?;
            }
            for (e, _) in args.iter().zip(&fixed).filter(|(_, f)| **f == UNBOUND) {
                if let Expr::Var(v) = e {
                    env[*v as usize] = UNBOUND;
                }
            }
        }
        Ok(())
    }
}
