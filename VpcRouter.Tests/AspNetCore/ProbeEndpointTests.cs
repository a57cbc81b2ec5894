using System.Net;
using Microsoft.AspNetCore.Builder;
using NSubstitute;
using VpcRouter.AspNetCore;
using VpcRouter.Hosting;

namespace VpcRouter.Tests.AspNetCore;

public class ProbeEndpointTests
{
    [TestCase("GET", "ok\n")]
    [TestCase("HEAD", "")]
    public async Task Healthz_Asked_AnswersOk(string method, string expected)
    {
        await using var host = await EndpointHost.StartAsync();

        using var response = await host.SendAsync(new HttpMethod(method), "/healthz");

        response.StatusCode.Should().Be(HttpStatusCode.OK);
        (await response.Content.ReadAsStringAsync()).Should().Be(expected);
    }

    [Test]
    public async Task Healthz_LoopStuck_AnswersUnavailableAndSaysWhy()
    {
        await using var host = await EndpointHost.StartAsync();
        host.State.Liveness.Returns(new ReadinessCheck("loop", false, "stuck in a turn for 12 s", null));

        using var response = await host.SendAsync(HttpMethod.Get, "/healthz");

        response.StatusCode.Should().Be(HttpStatusCode.ServiceUnavailable);
        (await response.Content.ReadAsStringAsync()).Should().Be("loop: stuck in a turn for 12 s\n");
    }

    [Test]
    public async Task Readyz_CancelledThoughTheClientIsThere_IsNoSuccess()
    {
        await using var host = await EndpointHost.StartAsync();
        host.State.Readiness.Returns(_ => throw new OperationCanceledException());

        using var response = await host.SendAsync(HttpMethod.Get, "/readyz");

        response.StatusCode.Should().Be(HttpStatusCode.InternalServerError);
    }

    [Test]
    public async Task Readyz_EveryCheckHolds_AnswersOk()
    {
        await using var host = await EndpointHost.StartAsync();
        host.State.Readiness.Returns([new ReadinessCheck("spec", true, "a spec is in force", TimeSpan.FromSeconds(3))]);

        using var response = await host.SendAsync(HttpMethod.Get, "/readyz");

        response.StatusCode.Should().Be(HttpStatusCode.OK);
        (await response.Content.ReadAsStringAsync()).Should().Be(
            """{"ready":true,"checks":[{"name":"spec","ok":true,"message":"a spec is in force","age_seconds":3}]}""");
    }

    [Test]
    public async Task Readyz_CheckFails_AnswersUnavailableAndNamesIt()
    {
        await using var host = await EndpointHost.StartAsync();
        host.State.Readiness.Returns([new ReadinessCheck("vpc", true, "fine", null), new ReadinessCheck("spec", false, "no spec yet", null)]);

        using var response = await host.SendAsync(HttpMethod.Get, "/readyz");

        response.StatusCode.Should().Be(HttpStatusCode.ServiceUnavailable);
        (await response.Content.ReadAsStringAsync()).Should().Contain("""{"name":"spec","ok":false,"message":"no spec yet","age_seconds":null}""");
    }

    [Test]
    public async Task Page_HandlerFails_TellsNothingOfWhy()
    {
        await using var host = await EndpointHost.StartAsync();
        host.State.Current.Returns(_ => throw new InvalidOperationException("secret"));

        using var response = await host.SendAsync(HttpMethod.Get, "/vpc");

        response.StatusCode.Should().Be(HttpStatusCode.InternalServerError);
        (await response.Content.ReadAsStringAsync()).Should().Be("Internal error; the log says more.\n");
    }

    [Test]
    public async Task MapVpcRouter_NoRouterRegistered_SaysSoAtStart()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Services.AddVpcRouterEndpoints();
        await using var app = builder.Build();

        var mapping = () => app.MapVpcRouter();

        mapping.Should().Throw<InvalidOperationException>().WithMessage($"*{nameof(IRouterState)}*");
    }
}
