//! Which triggers a changed fluent can wake: the atoms of their preconditions and the heads of their effects.

use crate::expr::{Effect, Expr, Fluent, Kind, Mode, Over};
use crate::problem::{Problem, Trigger};
use crate::value::{Entity, Value};
use serde::{Deserialize, Serialize};

/// Some fluent of a trigger, with what of its arguments says for which parameters it matters.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Atom {
    /// The trigger.
    pub trigger: u32,
    /// Its believers (for the head of a belief effect), outermost first.
    pub chain: Vec<Slot>,
    /// Its arguments.
    pub args: Vec<Slot>,
    /// Atoms beside it that cannot be false where it matters; they lead from quantified variables to parameters.
    pub links: Vec<Link>,
    /// Whether what is taught is just how it is outside, so that a mind that agrees with that has nothing to learn.
    pub copies: bool,
}

/// A fluent that has to have a value, or to be unknown, for what stands beside it to matter.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Link {
    /// The fluent.
    pub fluent: Fluent,
    /// The value.
    pub wanted: Value,
    /// Its arguments.
    pub args: Vec<Slot>,
}

/// An argument of an atom.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Slot {
    /// A parameter of the trigger.
    Param(u32),
    /// A thing.
    Thing(Entity),
    /// Something on the way out from a parameter through a fluent.
    Out(u32, Fluent),
    /// A quantified variable of a kind.
    Hidden(u32, Kind),
    /// Something computed: it may be any thing.
    Any,
}

/// For every fluent, the atoms of some triggers that a change of it touches.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Wakes {
    /// The triggers.
    pub triggers: Vec<u32>,
    /// Atoms read outside of beliefs.
    pub reads: Vec<Vec<Atom>>,
    /// Atoms of which the changed fluent is the way out (derived fluents, `within`): everything inside is touched.
    pub outward: Vec<Vec<Atom>>,
    /// Heads of effects.
    pub writes: Vec<Vec<Atom>>,
    /// Values of which it is noticed that things no longer have them.
    pub leaves: Vec<Vec<Atom>>,
    /// Those of the triggers that look into minds.
    pub believing: Vec<u32>,
}

/// Which triggers changes wake.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct TriggerIndex {
    /// Triggers that assign facts.
    pub setting: Wakes,
    /// Triggers that make somebody believe something.
    pub teaching: Wakes,
    /// Heads of belief effects.
    pub teaches: Vec<Vec<Atom>>,
    /// For every trigger, whom it makes believe something.
    pub pupils: Vec<Vec<Slot>>,
    /// Triggers that look into minds.
    pub believing: Vec<u32>,
    /// The longest chain of a belief effect.
    pub longest: usize,
    /// Of which fluents one may be taught what gives way to something else that one is taught, and of which only where
    /// it is not known to who teaches it.
    pub yields: Vec<bool>,
    pub shown: Vec<bool>,
}

impl TriggerIndex {
    /// Whether all triggers and fluents of a problem are in it.
    pub fn covers(&self, p: &Problem) -> bool {
        self.pupils.len() == p.triggers.len() && self.teaches.len() == p.fluents.len()
    }

    /// Takes in the triggers of a problem that are not yet in it, which stand behind those that are.
    pub fn extend(&mut self, p: &Problem) {
        let (known, fluents) = (self.pupils.len(), p.fluents.len());
        self.setting.extend(p, known, Trigger::sets);
        self.teaching.extend(p, known, Trigger::teaches);
        self.teaches.resize(fluents, Vec::new());
        self.yields.resize(fluents, false);
        self.shown.resize(fluents, false);
        self.pupils.resize(p.triggers.len(), Vec::new());
        for (i, t) in p.triggers.iter().enumerate().skip(known) {
            let scope = Scope::new(p, i as u32, t);
            self.heads(&scope, &t.effects, 0);
            if t.believing {
                self.believing.push(i as u32);
            }
        }
    }

    fn heads(&mut self, scope: &Scope<'_>, effects: &[Effect], hidden: u64) {
        let scope = &Scope {
            hidden: scope.hidden | hidden,
            ..scope.clone()
        };
        for effect in effects {
            match effect {
                Effect::Set(..) => {}
                Effect::If(_, inner) => self.heads(scope, inner, 0),
                Effect::Forall(var, _, inner) => self.heads(scope, inner, 1 << var),
                Effect::Believe {
                    chain,
                    fluent,
                    args,
                    value,
                    mode,
                    inside,
                } => {
                    let mut atom = scope.atom(chain, args);
                    let same =
                        matches!(value, Expr::Fluent(f, list) if f == fluent && list == args);
                    atom.copies = same && *mode == Mode::Set && !inside && chain.len() == 1;
                    let known =
                        *mode == Mode::Set && matches!(value, Expr::Const(v) if !v.is_unknown());
                    let f = *fluent as usize;
                    self.yields[f] |= chain.len() > 1 || !(known || atom.copies);
                    self.shown[f] |= atom.copies;
                    self.head(scope, chain, *fluent, atom);
                }
                Effect::Absent { who, fluent, .. } => {
                    let mut atom = scope.atom(std::slice::from_ref(who), &[]);
                    atom.args = vec![Slot::Any];
                    atom.copies = true;
                    self.head(scope, std::slice::from_ref(who), *fluent, atom);
                }
            }
        }
    }

    fn head(&mut self, scope: &Scope<'_>, chain: &[Expr], fluent: Fluent, atom: Atom) {
        let pupils = &mut self.pupils[scope.trigger as usize];
        if !pupils.contains(&atom.chain[0]) {
            pupils.push(atom.chain[0]);
        }
        self.longest = self.longest.max(chain.len());
        for chain in collapses(&atom.chain) {
            let atom = Atom {
                chain,
                ..atom.clone()
            };
            push(&mut self.teaches[fluent as usize], atom);
        }
    }
}

impl Wakes {
    fn extend(&mut self, p: &Problem, known: usize, of: impl Fn(&Trigger) -> bool) {
        for lists in [
            &mut self.reads,
            &mut self.outward,
            &mut self.writes,
            &mut self.leaves,
        ] {
            lists.resize(p.fluents.len(), Vec::new());
        }
        for (i, t) in p.triggers.iter().enumerate().skip(known) {
            if !of(t) {
                continue;
            }
            let mut scope = Scope::new(p, i as u32, t);
            scope.read(self, &t.precondition);
            scope.effects(self, &t.effects);
            self.triggers.push(i as u32);
            if t.believing {
                self.believing.push(i as u32);
            }
        }
    }
}

#[derive(Clone)]
struct Scope<'a> {
    p: &'a Problem,
    trigger: u32,
    params: u32,
    hidden: u64,
    kinds: Vec<(u32, Kind)>,
    links: Vec<Link>,
}

impl<'a> Scope<'a> {
    fn new(p: &'a Problem, trigger: u32, t: &Trigger) -> Scope<'a> {
        Scope {
            p,
            trigger,
            params: t.params.len() as u32,
            hidden: 0,
            kinds: Vec::new(),
            links: Vec::new(),
        }
    }

    fn slot(&self, e: &Expr) -> Slot {
        match e {
            Expr::Var(v) if self.hidden & (1 << v) != 0 => {
                let kind = self.kinds.iter().rev().find(|(w, _)| w == v);
                kind.map_or(Slot::Any, |(_, kind)| Slot::Hidden(*v, *kind))
            }
            Expr::Var(v) if *v < self.params => Slot::Param(*v),
            Expr::Const(Value::Entity(x)) => Slot::Thing(*x),
            Expr::Fluent(f, args) if args.len() == 1 => {
                let over = self.p.fluents[*f as usize].derived.map_or(*f, |d| d.0);
                match self.slot(&args[0]) {
                    // Where things are in something by default, the index does not list them.
                    _ if !self.p.fluents[over as usize].default.is_unknown() => Slot::Any,
                    Slot::Param(v) => Slot::Out(v, over),
                    Slot::Out(v, same) if same == over => Slot::Out(v, over),
                    _ => Slot::Any,
                }
            }
            _ => Slot::Any,
        }
    }

    fn atom(&self, chain: &[Expr], args: &[Expr]) -> Atom {
        let args: Vec<Slot> = args.iter().map(|e| self.slot(e)).collect();
        let leads = |link: &&Link| {
            link.args.iter().any(|s| matches!(s, Slot::Param(_)))
                && link
                    .args
                    .iter()
                    .any(|s| matches!(s, Slot::Hidden(..)) && args.contains(s))
        };
        Atom {
            trigger: self.trigger,
            chain: chain.iter().map(|e| self.slot(e)).collect(),
            links: self.links.iter().filter(leads).cloned().collect(),
            args,
            copies: false,
        }
    }

    fn read(&mut self, wakes: &mut Wakes, e: &Expr) {
        let saved = (self.hidden, self.kinds.len(), self.links.clone());
        match e {
            Expr::Fluent(f, args) => {
                let atom = self.atom(&[], args);
                match self.p.fluents[*f as usize].derived {
                    Some((over, _)) => push(&mut wakes.outward[over as usize], atom),
                    None => push(&mut wakes.reads[*f as usize], atom),
                }
            }
            Expr::Within(x, _, over) => {
                let atom = self.atom(&[], std::slice::from_ref(x));
                push(&mut wakes.outward[*over as usize], atom);
            }
            // What is read in another mind does not change here; such triggers are looked at every time.
            Expr::Believes(who, _) => return self.read(wakes, who),
            Expr::Over(over, var, kind, body) => {
                self.hide(*var, *kind);
                match over {
                    Over::Exists => self.link(body, true),
                    Over::Forall => self.link(body, false),
                    _ => {}
                }
            }
            _ => {}
        }
        for child in e.children() {
            self.read(wakes, child);
        }
        self.hidden = saved.0;
        self.kinds.truncate(saved.1);
        self.links = saved.2;
    }

    fn hide(&mut self, var: u32, kind: Kind) {
        self.hidden |= 1 << var;
        self.kinds.push((var, kind));
        let about = |s: &Slot| matches!(s, Slot::Hidden(v, _) | Slot::Param(v) if *v == var);
        self.links.retain(|link| !link.args.iter().any(about));
    }

    /// Notes the atoms that cannot be false where the body of a quantifier matters.
    fn link(&mut self, e: &Expr, sign: bool) {
        match (e, sign) {
            (Expr::And(list), true) | (Expr::Or(list), false) => {
                list.iter().for_each(|part| self.link(part, sign));
            }
            (Expr::Not(inner), _) => self.link(inner, !sign),
            (Expr::Fluent(f, args), _) => {
                let def = &self.p.fluents[*f as usize];
                if def.derived.is_none() && def.default == Value::Bool(!sign) {
                    let args = args.iter().map(|e| self.slot(e)).collect();
                    self.links.push(Link {
                        fluent: *f,
                        wanted: Value::Bool(sign),
                        args,
                    });
                }
            }
            _ => {}
        }
    }

    fn effects(&mut self, wakes: &mut Wakes, effects: &[Effect]) {
        for effect in effects {
            match effect {
                Effect::Set(f, args, value) => {
                    let atom = self.atom(&[], args);
                    push(&mut wakes.writes[*f as usize], atom);
                    args.iter().chain([value]).for_each(|e| self.read(wakes, e));
                }
                Effect::If(condition, then) => {
                    self.read(wakes, condition);
                    self.effects(wakes, then);
                }
                Effect::Forall(var, kind, each) => {
                    let saved = (self.hidden, self.kinds.len(), self.links.clone());
                    self.hide(*var, *kind);
                    self.effects(wakes, each);
                    self.hidden = saved.0;
                    self.kinds.truncate(saved.1);
                    self.links = saved.2;
                }
                Effect::Believe {
                    chain,
                    args,
                    value,
                    inside,
                    ..
                } => {
                    chain.iter().for_each(|e| self.read(wakes, e));
                    if !inside {
                        args.iter().chain([value]).for_each(|e| self.read(wakes, e));
                    }
                }
                Effect::Absent { who, fluent, place } => {
                    self.read(wakes, who);
                    self.read(wakes, place);
                    let atom = self.atom(&[], std::slice::from_ref(place));
                    push(&mut wakes.leaves[*fluent as usize], atom);
                }
            }
        }
    }
}

/// A chain of believers as it is, and with every repetition left out that there may be in it.
fn collapses(chain: &[Slot]) -> Vec<Vec<Slot>> {
    let mut out: Vec<Vec<Slot>> = vec![Vec::new()];
    for &slot in chain {
        let mut longer = Vec::new();
        for mut one in out {
            let last = one.last().copied();
            let other = |last| matches!((last, slot), (Slot::Thing(x), Slot::Thing(y)) if x != y);
            match last {
                Some(last) if last == slot && last != Slot::Any => {}
                Some(last) if !other(last) => {
                    longer.push(one.clone());
                    one.push(slot);
                }
                _ => one.push(slot),
            }
            longer.push(one);
        }
        out = longer;
    }
    out
}

fn push(list: &mut Vec<Atom>, atom: Atom) {
    let same = |a: &Atom| {
        a.trigger == atom.trigger
            && a.chain == atom.chain
            && a.args == atom.args
            && a.links == atom.links
            && a.copies == atom.copies
    };
    if !list.iter().any(same) {
        list.push(atom);
    }
}

/// Whether effects depend on what is in somebody's mind.
pub fn effects_believe(effects: &[Effect]) -> bool {
    effects.iter().any(|effect| match effect {
        Effect::Set(_, args, value) => args.iter().chain([value]).any(Expr::has_belief),
        Effect::If(condition, then) => condition.has_belief() || effects_believe(then),
        Effect::Forall(_, _, each) => effects_believe(each),
        Effect::Believe {
            chain,
            args,
            value,
            inside,
            ..
        } => {
            let reads = args.iter().chain([value]);
            (*inside && reads.clone().any(has_fluent))
                || chain.iter().chain(reads).any(Expr::has_belief)
        }
        Effect::Absent { who, place, .. } => who.has_belief() || place.has_belief(),
    })
}

fn has_fluent(e: &Expr) -> bool {
    let mut found = false;
    e.walk(&mut |e| found |= matches!(e, Expr::Fluent(..) | Expr::Within(..)));
    found
}

fn any(effects: &[Effect], of: &impl Fn(&Effect) -> bool) -> bool {
    effects.iter().any(|e| match e {
        Effect::If(_, inner) | Effect::Forall(_, _, inner) => any(inner, of),
        e => of(e),
    })
}

impl Trigger {
    /// Whether it assigns facts, so that firing it can wake others in the same state.
    pub fn sets(&self) -> bool {
        any(&self.effects, &|e| matches!(e, Effect::Set(..)))
    }

    /// Whether it makes somebody believe something.
    pub fn teaches(&self) -> bool {
        any(&self.effects, &|e| {
            matches!(e, Effect::Believe { .. } | Effect::Absent { .. })
        })
    }
}
