//! The files attached to a PDF, read without a PDF library: objects by search, streams by their own small inflate (RFC 1951).

/// One attached file.
#[derive(Debug)]
pub struct Attached {
    pub name: String,
    pub text: String,
}

/// Every file that is attached as data, in the order of the PDF.
pub fn attached(pdf: &[u8]) -> Vec<Attached> {
    let mut files = Vec::new();
    let mut from = 0;
    while let Some(at) = find(pdf, from, b"/Filespec") {
        from = at + 1;
        let start = pdf[..at].windows(4).rposition(|w| w == b" obj").unwrap_or_default();
        let end = find(pdf, at, b"endobj").unwrap_or(pdf.len());
        let entry = String::from_utf8_lossy(&pdf[start..end]).into_owned();
        assert!(entry.contains("/AFRelationship /Data") || entry.contains("/AFRelationship/Data"), "{entry}");
        assert!(entry.contains("/Desc"), "{entry}");
        let name = between(&entry, "/F (", ")").or_else(|| between(&entry, "/F(", ")"));
        let name = name.unwrap_or_else(|| panic!("a name: {entry}"));
        let object = entry.split("/EF").nth(1).and_then(|rest| rest.split("/F ").nth(1));
        let object = object.and_then(|rest| rest.split(' ').next()).expect("the file's object");
        let bytes = stream(pdf, object);
        files.push(Attached { name, text: String::from_utf8(bytes).expect("UTF-8") });
    }
    files
}

fn between(text: &str, from: &str, to: &str) -> Option<String> {
    let (_, rest) = text.split_once(from)?;
    rest.split_once(to).map(|(found, _)| found.to_string())
}

fn find(bytes: &[u8], from: usize, what: &[u8]) -> Option<usize> {
    bytes[from..].windows(what.len()).position(|w| w == what).map(|at| from + at)
}

/// The contents of the stream with this object number.
fn stream(pdf: &[u8], object: &str) -> Vec<u8> {
    let at = find(pdf, 0, format!("\n{object} 0 obj").as_bytes()).expect("the object");
    let start = find(pdf, at, b"stream\n").expect("a stream");
    let dictionary = String::from_utf8_lossy(&pdf[at..start]).into_owned();
    let length = dictionary.split("/Length ").nth(1).expect("a length");
    let length: String = length.chars().take_while(char::is_ascii_digit).collect();
    let start = start + b"stream\n".len();
    let bytes = &pdf[start..start + length.parse::<usize>().expect("a number")];
    if dictionary.contains("/FlateDecode") { inflate(&bytes[2..]) } else { bytes.to_vec() }
}

struct Bits<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl Bits<'_> {
    fn take(&mut self, count: usize) -> usize {
        let bit = |i: usize| usize::from(self.bytes[(self.at + i) / 8] >> ((self.at + i) % 8) & 1);
        let value = (0..count).map(|i| bit(i) << i).sum();
        self.at += count;
        value
    }
}

/// A Huffman code: how many codes have each length, and the symbols in the order of their codes.
struct Code {
    counts: [usize; 16],
    symbols: Vec<usize>,
}

impl Code {
    fn new(lengths: &[usize]) -> Self {
        let mut counts = [0; 16];
        lengths.iter().filter(|length| **length > 0).for_each(|length| counts[*length] += 1);
        let mut symbols: Vec<usize> = (0..lengths.len()).filter(|symbol| lengths[*symbol] > 0).collect();
        symbols.sort_by_key(|symbol| lengths[*symbol]);
        Self { counts, symbols }
    }

    fn read(&self, bits: &mut Bits) -> usize {
        let (mut code, mut first, mut index) = (0, 0, 0);
        for count in &self.counts[1..] {
            code |= bits.take(1);
            if code < first + count {
                return self.symbols[index + code - first];
            }
            index += count;
            first = (first + count) << 1;
            code <<= 1;
        }
        panic!("not a code")
    }
}

/// Deflated bytes as they were.
fn inflate(bytes: &[u8]) -> Vec<u8> {
    let mut bits = Bits { bytes, at: 0 };
    let mut out = Vec::new();
    loop {
        let last = bits.take(1) == 1;
        match bits.take(2) {
            0 => {
                bits.at = bits.at.next_multiple_of(8);
                let length = bits.take(16);
                bits.take(16);
                (0..length).for_each(|_| out.push(bits.take(8) as u8));
            }
            1 => {
                let lengths: Vec<usize> =
                    (0..288)
                        .map(|i| {
                            if (256..280).contains(&i) { 7 } else { 8 + usize::from((144..256).contains(&i)) }
                        })
                        .collect();
                block(&mut bits, &Code::new(&lengths), &Code::new(&[5; 30]), &mut out);
            }
            _ => {
                let (literals, distances) = dynamic(&mut bits);
                block(&mut bits, &literals, &distances, &mut out);
            }
        }
        if last {
            return out;
        }
    }
}

fn dynamic(bits: &mut Bits) -> (Code, Code) {
    const ORDER: [usize; 19] = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];
    let (literals, distances, codes) = (bits.take(5) + 257, bits.take(5) + 1, bits.take(4) + 4);
    let mut lengths = [0; 19];
    ORDER.iter().take(codes).for_each(|place| lengths[*place] = bits.take(3));
    let code = Code::new(&lengths);
    let mut lengths: Vec<usize> = Vec::new();
    while lengths.len() < literals + distances {
        let (length, times) = match code.read(bits) {
            16 => (lengths.last().copied().expect("a length before"), 3 + bits.take(2)),
            17 => (0, 3 + bits.take(3)),
            18 => (0, 11 + bits.take(7)),
            length => (length, 1),
        };
        lengths.extend(std::iter::repeat_n(length, times));
    }
    (Code::new(&lengths[..literals]), Code::new(&lengths[literals..]))
}

fn block(bits: &mut Bits, literals: &Code, distances: &Code, out: &mut Vec<u8>) {
    loop {
        match literals.read(bits) {
            256 => return,
            byte @ 0..256 => out.push(byte as u8),
            symbol => {
                let length = match symbol - 257 {
                    28 => 258,
                    code => extended(bits, code, 4, 3),
                };
                let code = distances.read(bits);
                let distance = extended(bits, code, 2, 1);
                (0..length).for_each(|_| out.push(out[out.len() - distance]));
            }
        }
    }
}

/// A length or distance: codes come in groups of `group`, each group with one more bit than the one before.
fn extended(bits: &mut Bits, code: usize, group: usize, least: usize) -> usize {
    if code < 2 * group {
        return code + least;
    }
    let extra = code / group - 1;
    ((group + code % group) << extra) + least + bits.take(extra)
}

#[test]
fn what_python_deflated_is_inflated() {
    // zlib.compress(b"a;b\r\n" * 20 + "år".encode(), 9)
    let whole = [
        0x78, 0xda, 0x4b, 0xb4, 0x4e, 0xe2, 0xe5, 0x4a, 0xa4, 0x2d, 0x71, 0x78, 0x69, 0x11, 0x00, 0x9b, 0x9e,
        0x17, 0x7f,
    ];
    let mut expected = b"a;b\r\n".repeat(20);
    expected.extend_from_slice("år".as_bytes());
    assert_eq!(inflate(&whole[2..]), expected);
}
