//! Answers every request with a lead of so many bytes: `server BYTES`. Prints its URL.

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::{env, io, thread};

fn main() -> io::Result<()> {
    let bytes = env::args().nth(1).and_then(|bytes| bytes.parse().ok());
    let lead = body::of_size(bytes.unwrap_or_default());
    let listener = TcpListener::bind("127.0.0.1:0")?;
    println!("http://{}", listener.local_addr()?);
    for connection in listener.incoming() {
        let connection = connection?;
        let lead = lead.clone();
        // A client that goes away is no error.
        thread::spawn(move || answer(&connection, &lead));
    }
    Ok(())
}

fn answer(mut connection: &TcpStream, lead: &str) -> io::Result<()> {
    // In one piece, so that clients always read it in as many steps.
    let answer = format!(
        "HTTP/1.1 200 OK\r\n\
         Content-Type: application/json\r\n\
         Content-Length: {}\r\n\
         Date: Tue, 24 Nov 2026 08:00:00 GMT\r\n\
         X-Request-Id: req_0123456789\r\n\
         X-RateLimit-Limit: 100\r\n\
         X-RateLimit-Remaining: 99\r\n\
         X-RateLimit-Reset: 1795507260\r\n\
         \r\n{lead}",
        lead.len()
    );
    for line in BufReader::new(connection).lines() {
        // A request without a body ends with an empty line.
        if line?.is_empty() {
            connection.write_all(answer.as_bytes())?;
        }
    }
    Ok(())
}
