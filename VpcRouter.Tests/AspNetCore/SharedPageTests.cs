using System.Net;
using NSubstitute;

namespace VpcRouter.Tests.AspNetCore;

/// <summary>What clients see of answers being shared.</summary>
public class SharedPageTests
{
    private static readonly string[] Paths = ["/ips", "/route_info", "/vpc", "/topology", "/route_info?limit=1"];
    private EndpointHost _host = null!;

    [SetUp]
    public async Task StartHost() => _host = await EndpointHost.StartAsync(status: StatusSamples.AtWork);

    [TearDown]
    public async Task StopHost() => await _host.DisposeAsync();

    [Test]
    public async Task Page_SameState_ServesForASecond()
    {
        var first = await BodyOf("/topology");
        _host.Time.Advance(TimeSpan.FromSeconds(0.9));
        var second = await BodyOf("/topology");
        _host.Time.Advance(TimeSpan.FromSeconds(0.1));
        var third = await BodyOf("/topology");

        second.Should().Be(first);
        third.Should().NotBe(first);
    }

    [Test]
    public async Task Page_StateChanged_ShowsItAtOnce()
    {
        var before = await BodyOf("/ips");
        _host.State.Current.Returns(LargeStatus.Of(1, 1, failed: 1));
        var after = await BodyOf("/ips");

        before.Should().NotContain("10.250.1.10");
        after.Should().Contain("10.250.1.10");
    }

    [TestCaseSource(nameof(Paths))]
    public async Task Page_ClientHasItAlready_304WithoutBody(string path)
    {
        using var first = await _host.SendAsync(HttpMethod.Get, path);
        using var second = await _host.SendAsync(HttpMethod.Get, path, null, ("If-None-Match", $"\"other\", {first.Headers.ETag}"));
        using var third = await _host.SendAsync(HttpMethod.Get, path, null, ("If-None-Match", "\"other\""));

        second.StatusCode.Should().Be(HttpStatusCode.NotModified);
        second.Headers.ETag.Should().Be(first.Headers.ETag);
        (await second.Content.ReadAsByteArrayAsync()).Should().BeEmpty();
        (await third.Content.ReadAsStringAsync()).Should().Be(await first.Content.ReadAsStringAsync());
    }

    [Test]
    public async Task Page_OtherFormOrQuery_IsAnotherAnswer()
    {
        var text = await BodyOf("/route_info?limit=1");
        var json = await BodyOf("/route_info?limit=1", "application/json");
        var html = await BodyOf("/route_info?limit=1", "text/html");
        var other = await BodyOf("/route_info?limit=2");

        new[] { text, json, html, other }.Should().OnlyHaveUniqueItems();
        json.Should().Contain("/route_info?limit=1&offset=1");
        html.Should().StartWith("<!DOCTYPE html>");
    }

    [TestCaseSource(nameof(Paths))]
    public async Task Head_AnyPage_SaysWhatGetWouldSend(string path)
    {
        using var get = await _host.SendAsync(HttpMethod.Get, path);
        using var head = await _host.SendAsync(HttpMethod.Head, path);

        head.Content.Headers.ContentLength.Should().Be((await get.Content.ReadAsByteArrayAsync()).Length);
        head.Headers.ETag.Should().Be(get.Headers.ETag);
        (await head.Content.ReadAsByteArrayAsync()).Should().BeEmpty();
    }

    private async Task<string> BodyOf(string path, string accept = "text/plain")
    {
        using var response = await _host.SendAsync(HttpMethod.Get, path, null, ("Accept", accept));
        response.StatusCode.Should().Be(HttpStatusCode.OK);
        return await response.Content.ReadAsStringAsync();
    }
}
