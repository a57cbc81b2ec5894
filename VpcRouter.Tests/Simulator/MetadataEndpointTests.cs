using System.Net;
using Microsoft.Extensions.Time.Testing;
using VpcRouter.Simulator;

namespace VpcRouter.Tests.Simulator;

public sealed class MetadataEndpointTests : SimulatorFixture
{
    private readonly FakeTimeProvider _time = new(DateTimeOffset.UnixEpoch);

    protected override SimulatorOptions Options => new() { Topology = TestTopology.Small, TimeProvider = _time };

    [TestCase("placement/region", "us-east-1")]
    [TestCase("placement/availability-zone", "us-east-1a")]
    [TestCase("mac", "0a:ff:00:00:00:01")]
    [TestCase("network/interfaces/macs/", "0a:ff:00:00:00:01/")]
    [TestCase("network/interfaces/macs/0a:ff:00:00:00:01/vpc-id", "vpc-1")]
    [TestCase("instance-id", "i-0f000000000000001")]
    [TestCase("local-ipv4", "127.9.1.4")]
    public async Task Get_WithToken_AnswersForTheProber(string path, string value)
    {
        var answer = await GetAsync(path, await TokenAsync("60"));
        (answer.Status, answer.Body).Should().Be((HttpStatusCode.OK, value));
    }

    [Test]
    public async Task Get_UnknownPath_IsNotFound() =>
        (await GetAsync("spot/termination-time", await TokenAsync("60"))).Status.Should().Be(HttpStatusCode.NotFound);

    [TestCase(null)]
    [TestCase("stolen")]
    public async Task Get_WithoutValidToken_IsUnauthorized(string? token) =>
        (await GetAsync("mac", token)).Status.Should().Be(HttpStatusCode.Unauthorized);

    [Test]
    public async Task Get_TokenExpired_IsUnauthorized()
    {
        var token = await TokenAsync("60");
        _time.Advance(TimeSpan.FromSeconds(60));
        (await GetAsync("mac", token)).Status.Should().Be(HttpStatusCode.Unauthorized);
    }

    [TestCase(null)]
    [TestCase("0")]
    [TestCase("21601")]
    [TestCase("soon")]
    public async Task Put_TokenWithBadLifetime_IsBadRequest(string? ttl) =>
        (await SendAsync(HttpMethod.Put, "/latest/api/token", "X-aws-ec2-metadata-token-ttl-seconds", ttl)).Status.Should().Be(HttpStatusCode.BadRequest);

    private async Task<string> TokenAsync(string ttl) =>
        (await SendAsync(HttpMethod.Put, "/latest/api/token", "X-aws-ec2-metadata-token-ttl-seconds", ttl)).Body;

    private Task<(HttpStatusCode Status, string Body)> GetAsync(string path, string? token) =>
        SendAsync(HttpMethod.Get, "/latest/meta-data/" + path, "X-aws-ec2-metadata-token", token);

    private async Task<(HttpStatusCode Status, string Body)> SendAsync(HttpMethod method, string path, string header, string? value)
    {
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative));
        if (value is not null)
            request.Headers.Add(header, value);
        using var answer = await Http.SendAsync(request);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }
}
