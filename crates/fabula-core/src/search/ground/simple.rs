//! Ground formulas made simpler, and what can be said of them by their form.

use super::form::{Char, Eff, Form, Learn, Slot};
use crate::eval::Env;
use crate::expr::{Effect, Expr};
use crate::problem::Problem;
use crate::value::Value;

/// A conjunction (or disjunction), flat and without what decides nothing.
pub(super) fn join(parts: Vec<Form>, and: bool, whole: bool) -> Form {
    let open = |f: &Form| !matches!(f, Form::Const(_));
    let whole = whole && !and && parts.iter().any(open);
    let mut out = Vec::new();
    for part in parts {
        match (part, and) {
            (Form::Const(b), _) if b == and => {}
            (Form::Const(b), _) if !whole => return Form::Const(b),
            (Form::And(list), true) | (Form::Or(list), false) => out.extend(list),
            (part, _) => out.push(part),
        }
    }
    match out.len() {
        0 => Form::Const(and),
        1 => out.remove(0),
        _ if and => Form::And(out),
        _ => Form::Or(out),
    }
}

pub(super) fn conjuncts(form: Form) -> Vec<Form> {
    match form {
        Form::And(list) => list,
        Form::Const(true) => Vec::new(),
        other => vec![other],
    }
}

/// A formula in somebody's mind, or that it is not so there; in a closed world the mind decides either way.
pub(super) fn inside(c: Char, form: Form, so: bool) -> Form {
    match form {
        Form::Const(b) => Form::Const(b == so),
        Form::Lit(mut lit) if !so => {
            lit.codes = !lit.codes;
            lit.learn = match lit.learn {
                Learn::Actual => Learn::Apart,
                Learn::Apart => Learn::Actual,
                Learn::Nothing => Learn::Nothing,
            };
            Form::In(c, Box::new(Form::Lit(lit)), true)
        }
        form => Form::In(c, Box::new(form), so),
    }
}

pub(super) fn plain(form: &Form) -> bool {
    match form {
        Form::Const(_) | Form::Lit(_) => true,
        Form::And(list) | Form::Or(list) => list.iter().all(plain),
        Form::Cmp(..) | Form::In(..) => false,
    }
}

/// Whether what an effect does depends on values alone, and on nobody's beliefs.
pub(super) fn looks_at_values(effect: &Eff) -> bool {
    let mut plain = true;
    let mut visit = |chain: Option<Option<Char>>, _: Slot, _: u64| plain &= chain == Some(None);
    super::task::condition_reads(effect, &mut visit);
    plain
}

pub(super) fn tells(effect: &Eff) -> bool {
    match effect {
        Eff::Set(..) | Eff::Put(..) => false,
        Eff::If(_, then) => then.iter().any(tells),
        Eff::Tell { .. } => true,
    }
}

/// The value of a constant or bound variable.
pub fn given(e: &Expr, env: &Env) -> Option<Value> {
    match e {
        Expr::Const(v) => Some(*v),
        Expr::Var(v) => match env[*v as usize] {
            x if x >= crate::value::UNBOUND => None,
            x => Some(Value::Entity(x)),
        },
        _ => None,
    }
}

/// Whether what groundings of a schema do stays the same whatever values fluents can have.
pub fn once(p: &Problem, schema: u32) -> bool {
    fn fixed(e: &Expr) -> bool {
        matches!(e, Expr::Const(_) | Expr::Var(_))
    }
    fn named(e: &Expr) -> bool {
        match e {
            Expr::Fluent(_, args) => args.iter().all(fixed),
            _ => e.children().iter().all(|c| named(c)),
        }
    }
    fn effect(e: &Effect) -> bool {
        match e {
            Effect::Set(_, args, to) => args.iter().all(fixed) && fixed(to),
            Effect::If(..) => false,
            Effect::Forall(_, _, each) => each.iter().all(effect),
            Effect::Believe { args, value, .. } => args.iter().all(fixed) && fixed(value),
            Effect::Absent { .. } => true,
        }
    }
    let (_, precondition, effects) = super::reach::Reach::schema(p, schema);
    named(precondition) && effects.iter().all(effect)
}
