//! Judges a precondition: which literals of its best clause fail or are unknown, and what would have to be assumed.
//!
//! The formula is read as a disjunctive normal form without writing it out: every alternative chooses for itself.

use crate::effects::Chain;
use crate::error::Result;
use crate::eval::{thing, things, truth, value, Env, Minds};
use crate::expr::{Cmp, Expr, Fluent, Over};
use crate::narrow::candidates;
use crate::problem::Problem;
use crate::value::{Entity, Key, Truth, Value};
use crate::ways::Way;

/// A literal that does not hold.
#[derive(Clone, Debug, PartialEq)]
pub struct Literal {
    /// Which of the groundings that were judged together.
    pub grounding: usize,
    /// Which top-level conjunct of the precondition.
    pub conjunct: usize,
    /// `==`, `!=`, `<`, …, `is`, `is not`, `known`, `unknown`, `within`, `not within`, or `holds`.
    pub op: &'static str,
    /// The fluent it is about, when there is one.
    pub fluent: Option<Fluent>,
    /// The fluent's things; for `within` the two things.
    pub args: Vec<Entity>,
    /// The value that would do.
    pub needed: Value,
    /// The value that is there.
    pub actual: Value,
    /// In whose mind, outermost first.
    pub chain: Chain,
    /// False or unknown.
    pub truth: Truth,
    /// What to set for it to hold, where that is one assignment.
    pub assume: Option<(Key, Value)>,
}

/// The literals of the best clause that do not hold: the first clause in written order with the fewest false ones.
/// An alternative that already holds asks for nothing.
pub fn judge<M: Minds>(
    p: &Problem,
    m: &mut M,
    at: M::At,
    e: &Expr,
    env: &mut Env,
) -> Result<Vec<Literal>> {
    let conjuncts = if let Expr::And(list) = e {
        &list[..]
    } else {
        std::slice::from_ref(e)
    };
    let mut out = Vec::new();
    for (i, part) in conjuncts.iter().enumerate() {
        let view = View {
            at,
            negated: false,
            denied: false,
            chain: Chain::new(),
        };
        for mut literal in best(p, m, &view, part, env, usize::MAX)?.unwrap_or_default() {
            literal.conjunct = i;
            out.push(literal);
        }
    }
    Ok(out)
}

/// From where a part of a formula is read.
#[derive(Clone)]
struct View<At> {
    at: At,
    /// Under a negation, inside of the innermost belief.
    negated: bool,
    /// Under a negation of "believes".
    denied: bool,
    chain: Chain,
}

fn holds<M: Minds>(
    p: &Problem,
    m: &mut M,
    v: &View<M::At>,
    e: &Expr,
    env: &mut Env,
) -> Result<Truth> {
    let mut t = truth(p, m, v.at, e, env)?;
    if v.negated {
        t = !t;
    }
    if v.denied {
        t = Truth::of(!t.holds());
    } else if !v.chain.is_empty() {
        t = Truth::of(t.holds());
    }
    Ok(t)
}

fn failures(list: &[Literal]) -> usize {
    list.iter().filter(|l| l.truth == Truth::False).count()
}

/// The literals of the best clause, or None when it has no fewer false ones than a limit.
fn best<M: Minds>(
    p: &Problem,
    m: &mut M,
    v: &View<M::At>,
    e: &Expr,
    env: &mut Env,
    limit: usize,
) -> Result<Option<Vec<Literal>>> {
    if limit == 0 {
        return Ok(None);
    }
    let t = holds(p, m, v, e, env)?;
    if t.holds() {
        return Ok(Some(Vec::new()));
    }
    let flipped = v.negated != v.denied;
    match e {
        Expr::Not(inner) => {
            let v = View {
                negated: !v.negated,
                ..v.clone()
            };
            best(p, m, &v, inner, env, limit)
        }
        Expr::And(list) | Expr::Or(list) => {
            let mut choice = Choice::new(matches!(e, Expr::And(_)) != flipped, limit);
            for part in list {
                let found = best(p, m, v, part, env, choice.limit())?;
                if !choice.take(found) {
                    break;
                }
            }
            Ok(choice.found)
        }
        Expr::Over(over @ (Over::Exists | Over::Forall), var, kind, inner) => {
            let all = (*over == Over::Forall) != flipped;
            let mut choice = Choice::new(all, limit);
            if p.members[*kind as usize].is_empty() {
                return Ok(few(vec![literal(p, m, v, e, env, t)?], limit));
            }
            let some = *over == Over::Exists;
            let mut narrowed = None;
            // Where only a clause without false literals would do, most things need no looking at; and where
            // everything is asked for, those need none for which it is plainly so.
            if !v.denied && (all || limit <= 1) {
                narrowed = candidates(p, m, v.at, (some, *var, *kind), inner, env)?;
            }
            let saved = env[*var as usize];
            let mut next = 0;
            loop {
                let domain = narrowed.as_deref().unwrap_or(&p.members[*kind as usize]);
                let Some(&x) = domain.get(next) else { break };
                next += 1;
                env[*var as usize] = x;
                let found = best(p, m, v, inner, env, choice.limit())?;
                let better = found.is_some();
                if !choice.take(found) {
                    break;
                }
                if better && !all && !v.denied && choice.limit() == 1 && narrowed.is_none() {
                    env[*var as usize] = saved;
                    narrowed = candidates(p, m, v.at, (some, *var, *kind), inner, env)?;
                    if let Some(list) = &mut narrowed {
                        let done = &p.members[*kind as usize][..next];
                        list.retain(|x| !done.contains(x));
                        next = 0;
                    }
                }
            }
            env[*var as usize] = saved;
            Ok(choice.found)
        }
        Expr::Believes(who, inner) => {
            let who = thing(p, m, v.at, who, env)?;
            if !p.is_character(who) {
                return Ok(few(vec![literal(p, m, v, e, env, t)?], limit));
            }
            let mut chain = v.chain.clone();
            if chain.last() != Some(&who) {
                chain.push(who);
            }
            let at = m.mind(v.at, who)?;
            let v = View {
                at,
                negated: false,
                denied: flipped,
                chain,
            };
            best(p, m, &v, inner, env, limit)
        }
        _ => Ok(few(vec![literal(p, m, v, e, env, t)?], limit)),
    }
}

fn few(list: Vec<Literal>, limit: usize) -> Option<Vec<Literal>> {
    (failures(&list) < limit).then_some(list)
}

/// Takes the literals of all parts together, or those of the first part with the fewest false ones.
struct Choice {
    all: bool,
    /// As many false literals are too many.
    limit: usize,
    found: Option<Vec<Literal>>,
}

impl Choice {
    fn new(all: bool, limit: usize) -> Choice {
        Choice {
            all,
            limit,
            found: all.then(Vec::new),
        }
    }

    /// How many false literals would be too many for the next part.
    fn limit(&self) -> usize {
        match (&self.found, self.all) {
            (Some(list), true) => self.limit.saturating_sub(failures(list)),
            (Some(list), false) => failures(list),
            (None, _) => self.limit,
        }
    }

    /// Takes the next part; false when no further part can matter.
    fn take(&mut self, part: Option<Vec<Literal>>) -> bool {
        match (part, self.all) {
            (Some(part), true) => self.found.get_or_insert_with(Vec::new).extend(part),
            (None, true) => {
                self.found = None;
                return false;
            }
            (Some(part), false) => self.found = Some(part),
            (None, false) => {}
        }
        self.all || self.limit() > 0
    }
}

fn literal<M: Minds>(
    p: &Problem,
    m: &mut M,
    v: &View<M::At>,
    e: &Expr,
    env: &mut Env,
    t: Truth,
) -> Result<Literal> {
    let flipped = v.negated != v.denied;
    let mut found = Literal {
        grounding: 0,
        conjunct: 0,
        op: "holds",
        fluent: None,
        args: Vec::new(),
        needed: Value::Bool(!flipped),
        actual: t.value(),
        chain: v.chain.clone(),
        truth: t,
        assume: None,
    };
    match e {
        Expr::Fluent(f, args) => {
            let args = things(p, m, v.at, args, env)?;
            found.op = "==";
            found.fluent = Some(*f);
            found.actual = crate::eval::fluent(p, m, v.at, *f, &args)?;
            found.assume = p.key(*f, &args).map(|k| (k, found.needed));
            found.args = args.to_vec();
        }
        Expr::Compare(op, a, b) => comparison(p, m, v, (*op, a, b), env, &mut found)?,
        Expr::Is(inner, kind) => {
            found.op = if flipped { "is not" } else { "is" };
            found.needed = Value::Entity(*kind);
            found.actual = value(p, m, v.at, inner, env)?;
            name(p, m, v.at, inner, env, &mut found)?;
        }
        Expr::Known(inner) => {
            found.op = if flipped { "unknown" } else { "known" };
            found.actual = value(p, m, v.at, inner, env)?;
            name(p, m, v.at, inner, env, &mut found)?;
        }
        Expr::Within(x, y, over) => {
            found.op = if flipped { "not within" } else { "within" };
            found.fluent = Some(*over);
            let x = thing(p, m, v.at, x, env)?;
            let y = thing(p, m, v.at, y, env)?;
            found.args = vec![x, y];
            if !flipped {
                found.assume = last_link(p, m, v.at, (*over, x), Value::Entity(y))?;
            }
        }
        _ => {}
    }
    if t != Truth::Unknown || found.assume.is_some_and(|(_, value)| value.is_unknown()) {
        found.assume = None;
    }
    Ok(found)
}

/// Fills in which fluent an expression is, through beliefs about values.
fn name<M: Minds>(
    p: &Problem,
    m: &mut M,
    at: M::At,
    e: &Expr,
    env: &mut Env,
    out: &mut Literal,
) -> Result<bool> {
    match e {
        Expr::Fluent(f, args) => {
            out.fluent = Some(*f);
            out.args = things(p, m, at, args, env)?.to_vec();
            Ok(true)
        }
        Expr::Believes(who, inner) => {
            let who = thing(p, m, at, who, env)?;
            if !p.is_character(who) {
                return Ok(false);
            }
            let mind = m.mind(at, who)?;
            if out.chain.last() != Some(&who) {
                out.chain.push(who);
            }
            name(p, m, mind, inner, env, out)
        }
        _ => Ok(false),
    }
}

fn comparison<M: Minds>(
    p: &Problem,
    m: &mut M,
    v: &View<M::At>,
    (op, a, b): (Cmp, &Expr, &Expr),
    env: &mut Env,
    out: &mut Literal,
) -> Result<()> {
    let op = if v.negated != v.denied {
        op.negated()
    } else {
        op
    };
    let (x, y) = (value(p, m, v.at, a, env)?, value(p, m, v.at, b, env)?);
    let fluent = |e: &Expr| {
        matches!(e, Expr::Fluent(..)) || (matches!(e, Expr::Believes(..)) && !e.is_formula())
    };
    // The side that misses its value is the one that the literal is about.
    let second = fluent(b) && (!fluent(a) || (y.is_unknown() && !x.is_unknown()));
    let (subject, needed, actual) = if second { (b, x, y) } else { (a, y, x) };
    let op = if !second {
        op
    } else {
        match op {
            Cmp::Lt => Cmp::Gt,
            Cmp::Le => Cmp::Ge,
            Cmp::Gt => Cmp::Lt,
            Cmp::Ge => Cmp::Le,
            same => same,
        }
    };
    out.op = op.symbol();
    out.needed = needed;
    out.actual = actual;
    let found = name(p, m, v.at, subject, env, out)?;
    if let (true, Cmp::Eq, Some(f), false) =
        (found, op, out.fluent, matches!(subject, Expr::Believes(..)))
    {
        out.assume = match p.fluents[f as usize].derived {
            Some((over, _)) => last_link(p, m, v.at, (over, out.args[0]), needed)?,
            None => p.key(f, &out.args).map(|k| (k, needed)),
        };
    }
    Ok(())
}

/// The assumption that the last thing on the way out from x, of which nothing is known, is in another.
fn last_link<M: Minds>(
    p: &Problem,
    m: &mut M,
    at: M::At,
    (over, x): (Fluent, Entity),
    y: Value,
) -> Result<Option<(Key, Value)>> {
    let mut way = Way::new(x);
    loop {
        match crate::eval::fluent(p, m, at, over, &[way.here])? {
            Value::Entity(next) if way.go(next) => {}
            Value::Entity(_) => return Ok(None),
            _ => break,
        }
    }
    let outside = y.entity().is_some_and(|y| p.shut_out(over, way.here, y));
    let key = p.key(over, &[way.here]).filter(|_| !outside);
    Ok(key.map(|key| (key, y)))
}
