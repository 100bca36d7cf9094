//! HTTP/1.1 over a plain socket, as much as a calendar server on this machine needs.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::time::Duration;
use twin_adapters::services::caldav::{HttpHeader, HttpRequest, HttpResponse};

/// Asks one request, without following redirects. `authorization` is the value of that header.
pub(crate) fn ask(request: &HttpRequest, authorization: Option<&str>) -> io::Result<HttpResponse> {
    let wrong = |why: &str| io::Error::new(io::ErrorKind::InvalidData, why.to_owned());
    let rest = request.url.strip_prefix("http://").ok_or_else(|| wrong("only http:// here"))?;
    let (host, path) = rest.split_once('/').ok_or_else(|| wrong("an address without a path"))?;
    let address = if host.contains(':') { host.to_owned() } else { format!("{host}:80") };
    let mut stream = TcpStream::connect(address)?;
    stream.set_read_timeout(Some(Duration::from_secs(60)))?;
    let mut head = format!("{} /{path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n", request.method);
    for header in &request.headers {
        head += &format!("{}: {}\r\n", header.name, header.value);
    }
    if let Some(value) = authorization {
        head += &format!("Authorization: {value}\r\n");
    }
    head += &format!("Content-Length: {}\r\n\r\n", request.body.len());
    stream.write_all(head.as_bytes())?;
    stream.write_all(request.body.as_bytes())?;
    read(&mut BufReader::new(stream))
}

/// Reads an answer.
pub(crate) fn read(stream: &mut dyn BufRead) -> io::Result<HttpResponse> {
    let wrong = |why: &str| io::Error::new(io::ErrorKind::InvalidData, why.to_owned());
    let status =
        line(stream)?.split(' ').nth(1).and_then(|s| s.parse().ok()).ok_or_else(|| wrong("no status"))?;
    let mut response = HttpResponse { status, headers: Vec::new(), body: String::new() };
    loop {
        let line = line(stream)?;
        if line.is_empty() {
            break;
        }
        let (name, value) = line.split_once(':').ok_or_else(|| wrong("a header without a name"))?;
        response.headers.push(HttpHeader { name: name.to_owned(), value: value.trim().to_owned() });
    }
    let mut body = Vec::new();
    if response.header("Transfer-Encoding").is_some_and(|v| v.eq_ignore_ascii_case("chunked")) {
        loop {
            let size = line(stream)?;
            let size = size.split(';').next().unwrap_or_default().trim();
            let size = u64::from_str_radix(size, 16).map_err(|_| wrong("a chunk without a size"))?;
            if size == 0 {
                break;
            }
            stream.take(size).read_to_end(&mut body)?;
            line(stream)?;
        }
    } else if let Some(length) = response.header("Content-Length") {
        let length = length.parse().map_err(|_| wrong("a length that is none"))?;
        stream.take(length).read_to_end(&mut body)?;
    } else if response.status != 204 {
        stream.read_to_end(&mut body)?;
    }
    response.body = String::from_utf8_lossy(&body).into_owned();
    Ok(response)
}

fn line(stream: &mut dyn BufRead) -> io::Result<String> {
    let mut line = String::new();
    stream.read_line(&mut line)?;
    Ok(line.trim_end_matches(['\r', '\n']).to_owned())
}
