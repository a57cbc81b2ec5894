using System.Buffers.Text;

namespace VpcRouter.Monitors.Http;

/// <summary>
/// Reads the status code of an HTTP/1 answer, and nothing after it, from a stream of which it keeps at most one line. Interim answers
/// (1xx) are passed over with their headers, within a bound. Pure: bytes in, status out. Used for one answer.
/// </summary>
internal sealed class StatusLineReader
{
    /// <summary>How much of an answer may come before its status is known; a server that sends more is up to something else.</summary>
    internal const int Most = 16 * 1024;

    private const int LongestLine = 1024;
    private readonly byte[] _line = new byte[LongestLine];
    private int _length;
    private int _total;
    private bool _isInInterimHeaders;

    /// <summary>The status; <see langword="null"/> until it is known.</summary>
    public int? Status { get; private set; }

    /// <summary>Whether what came is not HTTP.</summary>
    public bool IsForeign { get; private set; }

    public bool IsDone => Status is not null || IsForeign;

    /// <summary>Takes the bytes that came next.</summary>
    public void Take(ReadOnlySpan<byte> bytes)
    {
        foreach (var octet in bytes)
        {
            if (IsDone)
                return;
            if (++_total > Most)
                IsForeign = true;
            else if (octet == '\n')
                EndLine();
            else if (_length < LongestLine)
                _line[_length++] = octet;
            else if (!_isInInterimHeaders)
                IsForeign = true;
        }
    }

    private void EndLine()
    {
        var line = _line.AsSpan(0, _length).TrimEnd((byte)'\r');
        _length = 0;
        if (_isInInterimHeaders)
        {
            _isInInterimHeaders = line.Length > 0;
            return;
        }

        if (ReadStatus(line) is not { } status)
            IsForeign = true;
        else if (status is >= 100 and < 200 and not 101)
            _isInInterimHeaders = true;
        else
            Status = status;
    }

    /// <summary>"HTTP/1.1 200 OK": a version of one digit each, a code of three, and a reason that may be missing.</summary>
    private static int? ReadStatus(ReadOnlySpan<byte> line)
    {
        if (line.Length < 12 || !line.StartsWith("HTTP/1."u8) || !char.IsAsciiDigit((char)line[7]) || line[8] != ' ' || (line.Length > 12 && line[12] != ' '))
            return null;
        return Utf8Parser.TryParse(line[9..12], out int status, out var used) && used == 3 && status >= 100 ? status : null;
    }
}
