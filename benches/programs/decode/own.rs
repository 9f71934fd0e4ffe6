//! aura-client's own reader of bodies, which is not public: the scripts build with
//! `RUSTFLAGS='--cfg aura_client_measure'`. Without it this compiles, but measures nothing.

#[cfg(aura_client_measure)]
pub use aura_client::measure::{decode, salvage};

#[cfg(not(aura_client_measure))]
mod absent {
    use aura_client::{Decode, ErrorKind, Salvaged};

    const ABSENT: &str = "built without `--cfg aura_client_measure`";

    pub fn decode<T: Decode>(_: &[u8]) -> Result<T, ErrorKind> {
        panic!("{ABSENT}")
    }

    pub fn salvage<T: Decode>(_: &[u8]) -> Option<Salvaged<T>> {
        panic!("{ABSENT}")
    }
}
#[cfg(not(aura_client_measure))]
pub use absent::{decode, salvage};
