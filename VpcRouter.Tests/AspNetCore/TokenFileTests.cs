using System.Net;
using System.Runtime.Versioning;
using VpcRouter.Settings;
using VpcRouter.Tests.Support;

namespace VpcRouter.Tests.AspNetCore;

/// <summary>The token in a file, and what happens to the file.</summary>
internal sealed class TokenFileTests
{
    private const string Old = "the-token-of-yesterday";
    private const string New = "the-token-of-tomorrow!";
    private TemporaryFolder _folder = null!;

    [SetUp]
    public void MakeFolder() => _folder = new TemporaryFolder();

    [TearDown]
    public void RemoveFolder() => _folder.Dispose();

    [TestCase("in place")]
    [TestCase("by rename")]
    [TestCase("by link")]
    public async Task File_Changed_NewTokenCountsAndOldDoesNot(string way)
    {
        _folder.Write("one/token", Old + "\n");
        _folder.Write("two/token", New);
        _folder.Link("..data", _folder["one"]);
        var path = way == "by link" ? _folder["..data/token"] : _folder["one/token"];
        await using var host = await StartAsync(path);
        (await StatusAsync(host, Old)).Should().Be(HttpStatusCode.OK);

        if (way == "in place")
            _folder.Write("one/token", New);
        else if (way == "by rename")
            _folder.Replace("one/token", New);
        else
            _folder.Link("..data", _folder["two"]);
        host.Time.Advance(TimeSpan.FromSeconds(1));

        (await StatusAsync(host, Old), await StatusAsync(host, New)).Should().Be((HttpStatusCode.Unauthorized, HttpStatusCode.OK));
        host.Log.Containing("has changed").Should().ContainSingle();
    }

    [Test]
    public async Task File_Changed_StreamsOpenedWithTheOldTokenEnd()
    {
        var path = _folder.Write("token", Old);
        await using var host = await EndpointHost.StartAsync(http: options => (options.TokenFile, options.TokenForReads) = (path, true));
        await using var stream = await EventStream.OpenAsync(host, token: Old);
        host.Events.Publish(EventSamples.Spec(1));
        await stream.TakeAsync(1);

        _folder.Write("token", New);
        host.Time.Advance(TimeSpan.FromSeconds(1));
        host.Events.Publish(EventSamples.Spec(2));

        await stream.EndAsync();
        stream.Untaken.Should().Be(0);
        await using var another = await EventStream.OpenAsync(host, token: New);
    }

    [TestCase("")]
    [TestCase("short")]
    [TestCase(null)]
    public async Task File_BecomesUnfit_OldTokenStaysAndOneLineSaysWhy(string? content)
    {
        var path = _folder.Write("token", Old);
        await using var host = await StartAsync(path);

        if (content is null)
            File.Delete(path);
        else
            _folder.Write("token", content);

        for (var i = 0; i < 3; i++)
        {
            host.Time.Advance(TimeSpan.FromSeconds(1));
            (await StatusAsync(host, Old)).Should().Be(HttpStatusCode.OK);
        }

        host.Log.Containing("The token read before stays in force").Should().ContainSingle().Which.Should().Contain(path);
    }

    [TestCase("", "holds no token")]
    [TestCase("\n\n", "holds no token")]
    [TestCase("too-short", "at least 16")]
    [TestCase(null, "can't be read")]
    public async Task Start_FileUnfit_SaysWhichAndWhy(string? content, string problem)
    {
        if (content is not null)
            _folder.Write("token", content);

        var starting = () => StartAsync(_folder["token"]);

        (await starting.Should().ThrowAsync<SettingsException>()).Which.Message.Should().ContainAll("--token-file", _folder["token"], problem);
    }

    [Test]
    public async Task Start_FileLongerThanATokenMayBe_SaysSo()
    {
        _folder.Write("token", new string('x', 2000));

        var starting = () => StartAsync(_folder["token"]);

        (await starting.Should().ThrowAsync<SettingsException>()).Which.Message.Should().Contain("more than 1024");
    }

    [Platform(Exclude = "Win", Reason = "Windows has no such file modes.")]
    [UnsupportedOSPlatform("windows")]
    [TestCase(UnixFileMode.UserRead | UnixFileMode.UserWrite, 0)]
    [TestCase(UnixFileMode.UserRead | UnixFileMode.OtherRead, 1)]
    public async Task Start_FileForAllToRead_Warns(UnixFileMode mode, int lines)
    {
        var path = _folder.Write("token", Old);
        File.SetUnixFileMode(path, mode);

        await using var host = await StartAsync(path);

        host.Log.Containing("chmod 600").Should().HaveCount(lines);
    }

    private static async Task<HttpStatusCode> StatusAsync(EndpointHost host, string token)
    {
        using var response = await host.SendAsync(HttpMethod.Post, "/route_spec", """{"10.1.0.0/16": ["10.33.20.93"]}""", ("Authorization", "Bearer " + token));
        return response.StatusCode;
    }

    private static async Task<EndpointHost> StartAsync(string file) =>
        (await EndpointHost.StartAsync(http: options => options.TokenFile = file)).InHttpMode();
}
