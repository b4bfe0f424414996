//! Random small problems, the same for the kernel and the oracle.

use std::collections::BTreeMap;

use fabula_core::expr::{Cmp, Effect, Expr, Mode, Over};
use fabula_core::timeline::{Belief, Initial};
use fabula_core::value::Value;
use fabula_core::{ActionParts, Problem};

pub use super::dice::Dice;
use super::{Act, Key, World};

/// A random problem and its beginning.
pub struct Case {
    pub problem: Problem,
    pub world: World,
    pub set: BTreeMap<Key, Value>,
    pub known_to: BTreeMap<Key, Vec<u32>>,
    pub beliefs: Vec<(Vec<u32>, Key, Value)>,
    pub told: bool,
}

impl Case {
    /// The beginning as the kernel takes it: what is so, and what is believed.
    pub fn beginning(&self) -> (Vec<Initial>, Vec<Belief>) {
        let known = |key| self.known_to.get(key).cloned();
        let initial = self.set.iter();
        let initial = initial.map(|(k, v)| (k.0, k.1.clone(), *v, known(k)));
        let beliefs = self.beliefs.iter();
        let beliefs = beliefs.map(|(c, k, v)| (c.clone(), k.0, k.1.clone(), *v));
        (initial.collect(), beliefs.collect())
    }
}

const THING: u32 = 0;
const PERSON: u32 = 1;
/// Fluents: a truth of a thing, a thing of a thing, a truth of nothing, a thing of a person.
const TRUTH: u32 = 0;
const LINK: u32 = 1;
const FLAG: u32 = 2;
const HOME: u32 = 3;

struct Scope<'a> {
    dice: &'a mut Dice,
    vars: Vec<(u32, u32)>,
    things: Vec<u32>,
    people: Vec<u32>,
    told: bool,
    deep: bool,
}

impl Scope<'_> {
    fn thing(&mut self, kind: u32) -> Expr {
        let fits: Vec<u32> = self
            .vars
            .iter()
            .filter(|(_, k)| kind == THING || *k == kind)
            .map(|(v, _)| *v)
            .collect();
        if !fits.is_empty() && self.dice.chance(85) {
            return Expr::Var(self.dice.pick(&fits));
        }
        let list = if kind == PERSON {
            &self.people
        } else {
            &self.things
        };
        Expr::Const(Value::Entity(self.dice.pick(list)))
    }

    fn linked(&mut self) -> Expr {
        match self.dice.roll(2) {
            0 => Expr::Fluent(LINK, vec![self.thing(THING)]),
            _ => Expr::Fluent(HOME, vec![self.thing(PERSON)]),
        }
    }

    fn literal(&mut self) -> Expr {
        let truth = match self.dice.roll(7) {
            0 => return Expr::Fluent(FLAG, vec![]),
            1 | 2 => return Expr::Fluent(TRUTH, vec![self.thing(THING)]),
            3 => self.thing(THING),
            4 => Expr::Const(Value::Unknown),
            _ => self.linked(),
        };
        let op = if self.dice.chance(70) {
            Cmp::Eq
        } else {
            Cmp::Ne
        };
        let link = self.linked();
        if self.dice.chance(20) {
            return Expr::Compare(op, Box::new(truth), Box::new(link));
        }
        Expr::Compare(op, Box::new(link), Box::new(truth))
    }

    fn formula(&mut self, depth: usize, beliefs: bool) -> Expr {
        if depth == 0 {
            return self.literal();
        }
        match self.dice.roll(if beliefs { 9 } else { 7 }) {
            0 | 1 => Expr::And((0..2).map(|_| self.formula(depth - 1, beliefs)).collect()),
            2 => Expr::Or((0..2).map(|_| self.formula(depth - 1, beliefs)).collect()),
            3 => Expr::Not(Box::new(self.formula(depth - 1, beliefs))),
            4..=6 => self.literal(),
            _ => {
                let who = self.thing(PERSON);
                if self.deep && self.dice.chance(40) {
                    let other = self.thing(PERSON);
                    let inner = Expr::Believes(Box::new(other), Box::new(self.literal()));
                    return Expr::Believes(Box::new(who), Box::new(inner));
                }
                Expr::Believes(Box::new(who), Box::new(self.formula(depth - 1, false)))
            }
        }
    }

    fn assignment(&mut self) -> (u32, Vec<Expr>, Expr) {
        match self.dice.roll(5) {
            0 => (FLAG, vec![], Expr::Const(Value::Bool(self.dice.chance(50)))),
            1 | 2 => (
                TRUTH,
                vec![self.thing(THING)],
                Expr::Const(Value::Bool(self.dice.chance(60))),
            ),
            3 => (HOME, vec![self.thing(PERSON)], self.to()),
            _ => (LINK, vec![self.thing(THING)], self.to()),
        }
    }

    fn to(&mut self) -> Expr {
        match self.dice.roll(6) {
            0 => Expr::Const(Value::Unknown),
            1 => self.linked(),
            _ => self.thing(THING),
        }
    }

    fn believe(&mut self) -> Effect {
        let chain = (0..1 + usize::from(self.dice.chance(25)))
            .map(|_| self.thing(PERSON))
            .collect();
        let (fluent, args, value) = self.assignment();
        let mode = [Mode::Set, Mode::Set, Mode::Told, Mode::Not][self.dice.roll(4)];
        self.told |= mode == Mode::Told;
        Effect::Believe {
            chain,
            fluent,
            args,
            value,
            mode,
            inside: self.dice.chance(25),
        }
    }

    fn effect(&mut self) -> Effect {
        match self.dice.roll(10) {
            0..=4 => {
                let (f, args, value) = self.assignment();
                Effect::Set(f, args, value)
            }
            5 => {
                let (f, args, value) = self.assignment();
                Effect::If(self.formula(1, true), vec![Effect::Set(f, args, value)])
            }
            6 => {
                self.vars.push((9, THING));
                let (f, args, value) = self.assignment();
                self.vars.pop();
                Effect::Forall(
                    9,
                    THING,
                    vec![Effect::If(
                        Expr::Fluent(TRUTH, vec![Expr::Var(9)]),
                        vec![Effect::Set(f, args, value)],
                    )],
                )
            }
            _ => self.believe(),
        }
    }
}

/// What triggers there are in a random problem.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Triggers {
    No,
    Plain,
    /// They look into minds.
    Looking,
    /// They look into minds within minds, and teach those in every way.
    Deep,
}

/// A problem with its beginning.
pub fn case(dice: &mut Dice, people: usize, triggers: Triggers) -> Case {
    let believing = triggers >= Triggers::Looking;
    let deep = triggers == Triggers::Deep;
    let open = dice.chance(50);
    let mut problem = Problem::new(open);
    let names = |kind: &str, i: usize| format!("{kind}{i}");
    problem.kind("thing").unwrap();
    problem.kind("person").unwrap();
    let mut things = Vec::new();
    for i in 0..people {
        things.push(
            problem
                .entity(&names("person", i), &[THING, PERSON], true)
                .unwrap(),
        );
    }
    let persons = things.clone();
    for i in 0..1 + dice.roll(2) {
        things.push(problem.entity(&names("thing", i), &[THING], false).unwrap());
    }
    let no = if open && dice.chance(60) {
        Value::Unknown
    } else {
        Value::Bool(false)
    };
    let fluents = vec![
        (vec![THING], no),
        (vec![THING], Value::Unknown),
        (vec![], no),
        (vec![PERSON], Value::Unknown),
    ];
    for (i, (params, default)) in fluents.iter().enumerate() {
        problem
            .fluent(&names("f", i), params, *default, None)
            .unwrap();
    }
    let mut world = World {
        open,
        characters: persons.clone(),
        kinds: vec![things.clone(), persons.clone()],
        fluents,
        ..World::default()
    };
    let mut told = false;
    for i in 0..2 + dice.roll(2) {
        let params: Vec<u32> = (0..1 + dice.roll(2)).map(|_| dice.roll(2) as u32).collect();
        let vars = params
            .iter()
            .enumerate()
            .map(|(i, k)| (i as u32, *k))
            .collect();
        let mut scope = Scope {
            dice,
            vars,
            things: things.clone(),
            people: persons.clone(),
            told,
            deep,
        };
        let precondition = scope.formula(2, true);
        let effects: Vec<Effect> = (0..1 + scope.dice.roll(3))
            .map(|_| scope.effect())
            .collect();
        scope.vars.push((params.len() as u32, PERSON));
        scope.vars.push((params.len() as u32, PERSON));
        let observes = match scope.dice.roll(3) {
            0 => None,
            1 => Some(scope.formula(1, true)),
            _ => Some(Expr::Over(
                Over::Exists,
                8,
                THING,
                Box::new(Expr::Compare(
                    Cmp::Eq,
                    Box::new(Expr::Fluent(HOME, vec![Expr::Var(params.len() as u32)])),
                    Box::new(Expr::Fluent(LINK, vec![Expr::Var(8)])),
                )),
            )),
        };
        told = scope.told;
        let parts = ActionParts {
            params: params.clone(),
            precondition: Some(precondition.clone()),
            effects: effects.clone(),
            observes: observes.clone(),
            ..ActionParts::default()
        };
        if problem.action(&names("action", i), parts).is_ok() {
            world.actions.push(Act {
                params,
                precondition,
                effects,
                observes,
            });
        }
    }
    for i in 0..if triggers == Triggers::No {
        0
    } else {
        1 + dice.roll(3)
    } {
        let params: Vec<u32> = (0..dice.roll(3)).map(|_| dice.roll(2) as u32).collect();
        let vars: Vec<(u32, u32)> = params
            .iter()
            .enumerate()
            .map(|(i, k)| (i as u32, *k))
            .collect();
        let mut scope = Scope {
            dice,
            vars,
            things: things.clone(),
            people: persons.clone(),
            told,
            deep,
        };
        let precondition = scope.formula(1, believing);
        let effect = match scope.dice.roll(3) {
            0 => {
                let (f, args, value) = scope.assignment();
                Effect::Set(f, args, value)
            }
            _ if deep && scope.dice.chance(50) => scope.believe(),
            // Perception: somebody learns how it is.
            _ => {
                let who = scope.thing(PERSON);
                let (fluent, args, value) = scope.assignment();
                let same = scope.dice.chance(60);
                let value = if same {
                    Expr::Fluent(fluent, args.clone())
                } else {
                    value
                };
                Effect::Believe {
                    chain: vec![who],
                    fluent,
                    args,
                    value,
                    mode: Mode::Set,
                    inside: false,
                }
            }
        };
        told = scope.told;
        if problem
            .trigger(
                &names("trigger", i),
                &params,
                Some(precondition.clone()),
                vec![effect.clone()],
            )
            .is_ok()
        {
            world.triggers.push((params, precondition, vec![effect]));
        }
    }
    let mut set = BTreeMap::new();
    let mut known_to = BTreeMap::new();
    let mut beliefs = Vec::new();
    for key in world.keys() {
        if dice.chance(60) {
            set.insert(key.clone(), some_value(dice, &key, &things));
            if dice.chance(30) {
                known_to.insert(
                    key.clone(),
                    persons
                        .iter()
                        .copied()
                        .filter(|_| dice.chance(50))
                        .collect(),
                );
            }
        }
        if dice.chance(30) {
            let chain = (0..1 + dice.roll(3)).map(|_| dice.pick(&persons)).collect();
            let value = some_value(dice, &key, &things);
            beliefs.push((chain, key, value));
        }
    }
    Case {
        problem,
        world,
        set,
        known_to,
        beliefs,
        told,
    }
}

fn some_value(dice: &mut Dice, key: &Key, things: &[u32]) -> Value {
    match key.0 {
        TRUTH | FLAG => Value::Bool(dice.chance(50)),
        _ => Value::Entity(dice.pick(things)),
    }
}

impl World {
    /// All fluents with all their things.
    pub fn keys(&self) -> Vec<Key> {
        let mut keys = Vec::new();
        for (f, (params, _)) in self.fluents.iter().enumerate() {
            for env in super::bindings(self, params) {
                keys.push((f as u32, env.into_values().collect()));
            }
        }
        keys
    }
}

/// A problem, its first values, and what is believed besides.
pub type Planned = (Problem, BTreeMap<Key, Value>, Vec<(Vec<u32>, Key, Value)>);

/// A problem to plan in: actions that people consent to, and what they and the author want.
pub fn planning(dice: &mut Dice) -> Planned {
    let mut problem = Problem::new(false);
    problem.kind("thing").unwrap();
    problem.kind("person").unwrap();
    let people = 2 + dice.roll(2);
    let mut things = Vec::new();
    for i in 0..people {
        let name = format!("person{i}");
        things.push(problem.entity(&name, &[THING, PERSON], true).unwrap());
    }
    let persons = things.clone();
    for i in 0..2 + dice.roll(2) {
        let name = format!("thing{i}");
        things.push(problem.entity(&name, &[THING], false).unwrap());
    }
    // In some problems things become so one after the other.
    let chained = dice.chance(70);
    let so = |thing: u32| Expr::Fluent(TRUTH, vec![Expr::Const(Value::Entity(thing))]);
    let no = Value::Bool(false);
    let fluents = [
        (vec![THING], no),
        (vec![THING], Value::Unknown),
        (vec![], no),
        (vec![PERSON], Value::Unknown),
    ];
    for (i, (params, default)) in fluents.iter().enumerate() {
        let name = format!("f{i}");
        problem.fluent(&name, params, *default, None).unwrap();
    }
    let mut scope = Scope {
        dice,
        vars: Vec::new(),
        things: things.clone(),
        people: persons.clone(),
        told: true,
        deep: false,
    };
    for i in 0..if chained { 5 } else { 3 } + scope.dice.roll(3) {
        let params: Vec<u32> = (0..scope.dice.roll(if chained { 2 } else { 3 }))
            .map(|_| scope.dice.roll(2) as u32)
            .collect();
        scope.vars = params
            .iter()
            .enumerate()
            .map(|(i, k)| (i as u32, *k))
            .collect();
        let minds = scope.dice.chance(20);
        let precondition = if chained {
            let need = so(scope.dice.pick(&things));
            if scope.dice.chance(30) {
                Expr::And(vec![need, scope.literal()])
            } else {
                need
            }
        } else if scope.dice.chance(60) {
            scope.literal()
        } else {
            scope.formula(1, minds)
        };
        let mut effects = Vec::new();
        if chained {
            let thing = Expr::Const(Value::Entity(scope.dice.pick(&things)));
            effects.push(Effect::Set(
                TRUTH,
                vec![thing],
                Expr::Const(Value::Bool(true)),
            ));
        }
        let from = usize::from(chained && scope.dice.chance(60));
        for _ in from..1 + scope.dice.roll(2) {
            let (f, args, value) = scope.assignment();
            effects.push(if scope.dice.chance(20) {
                Effect::Believe {
                    chain: vec![scope.thing(PERSON)],
                    fluent: f,
                    args,
                    value,
                    mode: Mode::Set,
                    inside: false,
                }
            } else {
                Effect::Set(f, args, value)
            });
        }
        let consenting = (0..[0, 1, 1, 2][scope.dice.roll(4)])
            .map(|_| scope.thing(PERSON))
            .collect();
        scope.vars.push((params.len() as u32, PERSON));
        let observes = scope.dice.chance(50).then(|| scope.formula(1, false));
        let parts = ActionParts {
            params,
            precondition: Some(precondition),
            effects,
            consenting,
            observes,
            ..ActionParts::default()
        };
        let _ = problem.action(&format!("action{i}"), parts);
    }
    scope.vars = Vec::new();
    let shared = scope.dice.pick(&things);
    for who in std::iter::once(None).chain(persons.iter().copied().map(Some)) {
        let mut total = Expr::Const(Value::Number(0.0));
        for _ in 0..1 + scope.dice.roll(2) {
            let one = |x: f64| Box::new(Expr::Const(Value::Number(x)));
            let wish = if chained && scope.dice.chance(80) {
                let mine = scope.dice.pick(&things);
                so(if scope.dice.chance(60) { shared } else { mine })
            } else {
                scope.literal()
            };
            let part = Expr::If(Box::new(wish), one(1.0), one(0.0));
            total = Expr::Arith(
                fabula_core::expr::Arith::Add,
                Box::new(total),
                Box::new(part),
            );
        }
        problem.utility(who, total).unwrap();
    }
    let mut set = BTreeMap::new();
    let mut beliefs = Vec::new();
    let world = World {
        kinds: vec![things.clone(), persons.clone()],
        fluents: fluents.to_vec(),
        ..World::default()
    };
    for key in world.keys() {
        if dice.chance(if chained && key.0 == TRUTH { 25 } else { 30 }) {
            set.insert(key.clone(), some_value(dice, &key, &things));
        }
        if dice.chance(20) {
            let chain = (0..1 + dice.roll(2)).map(|_| dice.pick(&persons)).collect();
            let value = some_value(dice, &key, &things);
            beliefs.push((chain, key, value));
        }
    }
    (problem, set, beliefs)
}
