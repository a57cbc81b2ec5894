using System.Text;
using CsCheck;
using VpcRouter.Monitors.Http;

namespace VpcRouter.Tests.Monitors.Http;

internal sealed class StatusLineReaderTests
{
    [TestCase("HTTP/1.1 200 OK\r\n", 200)]
    [TestCase("HTTP/1.0 204 No Content\r\n", 204)]
    [TestCase("HTTP/1.1 503\r\n", 503)]
    [TestCase("HTTP/1.1 200 \n", 200)]
    [TestCase("HTTP/1.1 101 Switching Protocols\r\n", 101)]
    [TestCase("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\n", 200)]
    [TestCase("HTTP/1.1 103 Early Hints\r\nLink: </a>\r\nLink: </b>\r\n\r\nHTTP/1.1 404 Not Found\r\n", 404)]
    [TestCase("HTTP/1.1 302 Found\r\nLocation: /\r\n\r\nHTTP/1.1 200 OK\r\n", 302)]
    public void Take_Answer_GivesItsStatus(string text, int status)
    {
        var answer = Read(text);

        (answer.Status, answer.IsForeign).Should().Be((status, false));
    }

    [TestCase("\r\n")]
    [TestCase("SSH-2.0-OpenSSH_9.6\r\n")]
    [TestCase("HTTP/2 200\r\n")]
    [TestCase("HTTP/1.1 20\r\n")]
    [TestCase("HTTP/1.1 2000 OK\r\n")]
    [TestCase("HTTP/1.1 -20 OK\r\n")]
    [TestCase("HTTP/1.1 +20 OK\r\n")]
    [TestCase("HTTP/1.1  200 OK\r\n")]
    [TestCase("HTTP/1.x 200 OK\r\n")]
    [TestCase("HTTP/1.1 099 OK\r\n")]
    [TestCase("http/1.1 200 OK\r\n")]
    public void Take_SomethingElse_IsForeign(string text)
    {
        var answer = Read(text);

        (answer.Status, answer.IsForeign).Should().Be((null, true));
    }

    [TestCase("HTTP/1.1 200 OK")]
    [TestCase("")]
    [TestCase("HTTP/1.1 100 Continue\r\n\r\n")]
    public void Take_NotYetAll_IsNotDone(string text) => Read(text).IsDone.Should().BeFalse();

    [Test]
    public void Take_LineWithoutEnd_IsForeign() => Read(new string('H', 5000)).IsForeign.Should().BeTrue();

    [Test]
    public void Take_InterimHeadersWithoutEnd_IsForeign()
    {
        var answer = Read("HTTP/1.1 103 Early Hints\r\nLink: " + new string('x', 5000) + "\r\n");
        answer.IsDone.Should().BeFalse();

        answer.Take(new byte[StatusLineReader.Most]);

        answer.IsForeign.Should().BeTrue();
    }

    [Test]
    public void Take_InAnyPieces_ComesToTheSame() => Gen.Select(Gen.Int[100, 599], Gen.Int[1, 7], Gen.String.AlphaNumeric).Sample((status, size, reason) =>
    {
        var text = $"HTTP/1.1 100 Continue\r\nA: b\r\n\r\nHTTP/1.1 {status} {reason}\r\n\r\n";
        var answer = new StatusLineReader();
        foreach (var piece in Encoding.ASCII.GetBytes(text).Chunk(size))
            answer.Take(piece);

        return status is >= 100 and < 200 and not 101 ? answer.Status is null : answer.Status == status;
    });

    private static StatusLineReader Read(string text)
    {
        var answer = new StatusLineReader();
        answer.Take(Encoding.ASCII.GetBytes(text));
        return answer;
    }
}
