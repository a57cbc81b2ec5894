using System.Net;
using VpcRouter.Plugins;
using VpcRouter.Tests.Support;

namespace VpcRouter.Tests.AspNetCore;

/// <summary>What outlives the process.</summary>
internal sealed class SpecStoreTests
{
    private const string First = "{ \"10.1.0.0/16\":\t[\"10.33.20.93\"] }\r\n";
    private const string Second = """{"10.2.0.0/16": ["10.33.20.93"]}""";
    private TemporaryFolder _folder = null!;

    [SetUp]
    public void MakeFolder() => _folder = new TemporaryFolder();

    [TearDown]
    public void RemoveFolder() => _folder.Dispose();

    [Test]
    public async Task Open_AfterARestart_DeliversWhatWasAcceptedBitForBit()
    {
        string? tag;
        await using (var before = await StartAsync())
        {
            using var posted = await before.SendAsync(HttpMethod.Post, "/route_spec", First);
            tag = posted.Headers.ETag!.ToString();
        }

        await using var after = await StartAsync();

        after.Specs.TryRead(out var spec).Should().BeTrue();
        spec!.Entries.Single().Destination.ToString().Should().Be("10.1.0.0/16");
        using var got = await after.SendAsync(HttpMethod.Get, "/route_spec");
        (await got.Content.ReadAsStringAsync()).Should().Be(First);
        got.Headers.ETag!.ToString().Should().Be(tag);
    }

    [TestCase("sha256:", "sha255:")]
    [TestCase("10.1.0.0/16", "10.3.0.0/16")]
    [TestCase("]", "")]
    public async Task Open_StoredFileDamaged_SaysWhichAndWhatToDo(string from, string to)
    {
        await PostAndStopAsync();
        var file = _folder["state/route-spec"];
        var content = await File.ReadAllTextAsync(file);
        await File.WriteAllTextAsync(file, content.Replace(from, to, StringComparison.Ordinal));

        var opening = StartAsync;

        (await opening.Should().ThrowAsync<PluginException>()).Which.Message.Should().ContainAll(file, "checksum", "post the spec again");
    }

    [Test]
    public async Task Open_StoredFileCutToNothing_IsNotTakenForNoSpec()
    {
        await PostAndStopAsync();
        await File.WriteAllTextAsync(_folder["state/route-spec"], "");

        var opening = StartAsync;

        await opening.Should().ThrowAsync<PluginException>();
    }

    [Test]
    public async Task Open_StoredFileUnreadable_SaysSo()
    {
        Directory.CreateDirectory(_folder["state/route-spec"]);

        var opening = StartAsync;

        (await opening.Should().ThrowAsync<PluginException>()).Which.Message.Should().ContainAll(_folder["state/route-spec"], "can't be read");
    }

    [Test]
    public async Task Open_AnotherRouterHasTheFolder_SaysSoAndTheRemedy()
    {
        await using var other = await StartAsync();

        var opening = StartAsync;

        (await opening.Should().ThrowAsync<PluginException>()).Which.Message.Should().ContainAll("--state-dir", _folder["state"], "another process");
    }

    [Test]
    public async Task Open_FolderCannotBeMade_SaysSo()
    {
        _folder.Write("state", "a file");

        var opening = StartAsync;

        (await opening.Should().ThrowAsync<PluginException>()).Which.Message.Should().ContainAll("--state-dir", _folder["state"]);
    }

    [Test]
    public async Task Post_DiskFails_AnswersThatAndTheOldSpecStays()
    {
        await using var host = await StartAsync();
        using var posted = await host.SendAsync(HttpMethod.Post, "/route_spec", First);
        host.Specs.TryRead(out _);
        // Where the new content is to be written before it is renamed.
        Directory.CreateDirectory(_folder["state/route-spec.new"]);

        using var failed = await host.SendAsync(HttpMethod.Post, "/route_spec", Second);

        failed.StatusCode.Should().Be(HttpStatusCode.InternalServerError);
        (await failed.Content.ReadAsStringAsync()).Should().Contain("the one before stays in force");
        host.Specs.TryRead(out _).Should().BeFalse();
        using var got = await host.SendAsync(HttpMethod.Get, "/route_spec");
        (await got.Content.ReadAsStringAsync()).Should().Be(First);
        host.Log.Containing("could not be stored").Should().ContainSingle();
    }

    [Test]
    public async Task Post_Refused_LeavesTheStoredSpec()
    {
        await using (var before = await StartAsync())
        {
            using var posted = await before.SendAsync(HttpMethod.Post, "/route_spec", First);
            using var refused = await before.SendAsync(HttpMethod.Post, "/route_spec", "{");
        }

        await using var after = await StartAsync();

        using var got = await after.SendAsync(HttpMethod.Get, "/route_spec");
        (await got.Content.ReadAsStringAsync()).Should().Be(First);
    }

    private async Task PostAndStopAsync()
    {
        await using var host = await StartAsync();
        using var posted = await host.SendAsync(HttpMethod.Post, "/route_spec", First);
        posted.StatusCode.Should().Be(HttpStatusCode.OK);
    }

    private async Task<EndpointHost> StartAsync()
    {
        var host = await EndpointHost.StartAsync(stateFolder: _folder["state"]);
        try
        {
            return host.InHttpMode();
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }
}
