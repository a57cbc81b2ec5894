using System.Net;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using VpcRouter.AspNetCore;
using VpcRouter.AspNetCore.Security;
using VpcRouter.Tests.Watchers;

namespace VpcRouter.Tests.AspNetCore;

/// <summary>What counts beyond loopback, where tests don't listen.</summary>
internal sealed class RequestGuardTests
{
    private const string Token = "correct-horse-battery-staple";

    [Test]
    public void Check_WriteFromTheNetworkWithoutToken_IsRefusedWithRemedy() =>
        Check(new(), "POST", "10.0.0.1").Should().Match<Refusal>(refusal => refusal.StatusCode == 403 && refusal.Message.Contains("--token-file"));

    [Test]
    public void Check_WriteFromTheNetworkInsecure_IsTaken() => Check(new() { Insecure = true }, "POST", "10.0.0.1").Should().BeNull();

    [Test]
    public void Check_WriteFromTheNetworkToAnAppThatAuthorizes_IsTaken() => Check(new(), "POST", "10.0.0.1", metadata: new AuthorizeAttribute()).Should().BeNull();

    [Test]
    public void Check_WriteFromTheNetworkInsecureByForeignName_IsRefused() =>
        Check(new() { Insecure = true }, "POST", "10.0.0.1", host: "evil.example")!.Kind.Should().Be(RefusalKind.ForeignHost);

    [Test]
    public void Check_ReadFromTheNetworkByAnyName_IsTaken() => Check(new(), "GET", "10.0.0.1", host: "router.example").Should().BeNull();

    [TestCase("127.0.0.1")]
    [TestCase("::1")]
    [TestCase("::ffff:127.0.0.1")]
    [TestCase(null)]
    public void Check_ReadOnLoopbackByForeignName_IsRefused(string? local) => Check(new(), "GET", local, host: "evil.example")!.Kind.Should().Be(RefusalKind.ForeignHost);

    [Test]
    public void Check_TokenSetBesideInsecure_IsStillAskedFor() => Check(new() { Token = Token, Insecure = true }, "POST", "10.0.0.1")!.Kind.Should().Be(RefusalKind.TokenMissing);

    [TestCase("DELETE")]
    [TestCase("PUT")]
    [TestCase("OPTIONS")]
    public void Check_AnyMethodThatMayChangeSomething_IsAWrite(string method) => Check(new() { Token = Token }, method, "127.0.0.1")!.Kind.Should().Be(RefusalKind.TokenMissing);

    private static Refusal? Check(VpcRouterHttpOptions options, string method, string? local, string host = "10.0.0.1:33289", params object[] metadata)
    {
        var given = Options.Create(options);
        var guard = new RequestGuard(new AccessToken(given, new FakeTimeProvider(), new RecordingLogger<AccessToken>()), new HostCheck(given), given, new RecordingLogger<RequestGuard>());
        var context = new DefaultHttpContext { Request = { Method = method, Host = new HostString(host), Scheme = "http" } };
        context.Connection.LocalIpAddress = local is null ? null : IPAddress.Parse(local);
        context.SetEndpoint(new Endpoint(null, new EndpointMetadataCollection(metadata), null));
        return guard.Check(context);
    }
}
