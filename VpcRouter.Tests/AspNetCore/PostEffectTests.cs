using System.Net;
using System.Text.Json.Nodes;
using VpcRouter.Tests.Support;
using VpcRouter.Vpc;

namespace VpcRouter.Tests.AspNetCore;

/// <summary>What a post says of its effect: before it (<c>dry_run</c>) and after it (<c>wait</c>).</summary>
internal sealed class PostEffectTests
{
    private const string Document = """{"10.1.0.0/16": ["10.0.0.1"]}""";
    private static readonly TestVpc Vpc = TestVpc.WithHosts(2).WithTable("rtb-a", TestVpc.Via("10.9.0.0/16", "eni-2"));

    [Test]
    public async Task Wait_RoutesCanBeWritten_AnswersOkWhenTheyStand()
    {
        await using var rig = await HttpRouterRig.StartAsync(Vpc);

        using var response = await rig.PostAsync("?wait=60", Document);

        response.StatusCode.Should().Be(HttpStatusCode.OK);
        rig.Api.TargetOf("rtb-a", "10.1.0.0/16").Should().Be(RouteTarget.OfInterface("eni-1"));
        rig.Api.TargetOf("rtb-a", "10.9.0.0/16").Should().BeNull();
    }

    [Test]
    public async Task Wait_SameSpecAgain_AnswersOk()
    {
        await using var rig = await HttpRouterRig.StartAsync(Vpc);
        using var first = await rig.PostAsync("?wait=60", Document);

        using var again = await rig.PostAsync("?wait=60", Document + " ");

        again.StatusCode.Should().Be(HttpStatusCode.OK);
    }

    [Test]
    public async Task Wait_WriteFails_SaysWhatIsPendingAndWhy()
    {
        await using var rig = await HttpRouterRig.StartAsync(Vpc, prepare: api => api.FailWrite = _ => InMemoryVpc.Error(VpcApiErrorKind.Unauthorized));
        using var posted = await rig.PostAsync("", Document);
        await Eventually.BeTrueAsync(() => rig.Status.Outcomes.Count == 2);

        using var response = await rig.PostAsync("?wait=0", Document);

        var answer = await JsonOfAsync(response, HttpStatusCode.Accepted);
        answer["status"]!.ToString().Should().Be("pending");
        answer["changes"]!.AsArray().Select(change => $"{change!["kind"]} {change["destination"]} {change["last_error"]}").Should().BeEquivalentTo(
            "create 10.1.0.0/16 UnauthorizedOperation: as the test wants it",
            "delete 10.9.0.0/16 UnauthorizedOperation: as the test wants it");
        posted.StatusCode.Should().Be(HttpStatusCode.OK);
    }

    [Test]
    public async Task Wait_VpcCannotBeSeen_SaysSo()
    {
        await using var rig = await HttpRouterRig.StartAsync(Vpc, prepare: api => api.FailLook = () => InMemoryVpc.Error(VpcApiErrorKind.Unauthorized));
        await Eventually.BeTrueAsync(() => rig.Status.LookError is not null);

        using var response = await rig.PostAsync("?wait=0", Document);

        (await JsonOfAsync(response, HttpStatusCode.Accepted))["message"]!.ToString().Should().Contain("can't be looked at: Unauthorized");
    }

    [Test]
    public async Task Wait_AnotherSpecIsPosted_SaysSoAtOnce()
    {
        var release = new TaskCompletionSource();
        await using var rig = await HttpRouterRig.StartAsync(Vpc, prepare: api => api.HoldWrite = _ => release.Task);
        var waiting = rig.PostAsync("?wait=300", Document);
        await Eventually.BeTrueAsync(() => rig.Api.Begun.Count > 0);

        using var other = await rig.PostAsync("", """{"10.2.0.0/16": ["10.0.0.1"]}""");

        using var response = await waiting;
        (await JsonOfAsync(response, HttpStatusCode.Accepted))["status"]!.ToString().Should().Be("superseded");
        release.SetResult();
    }

    [Test]
    public async Task Wait_RouterStops_AnswersAtOnce()
    {
        var release = new TaskCompletionSource();
        await using var rig = await HttpRouterRig.StartAsync(Vpc, prepare: api => api.HoldWrite = _ => release.Task);
        var waiting = rig.PostAsync("?wait=300", Document);
        await Eventually.BeTrueAsync(() => rig.Api.Begun.Count > 0);

        var stopping = rig.StopAsync();

        using var response = await waiting;
        response.StatusCode.Should().Be(HttpStatusCode.Accepted);
        release.SetResult();
        await stopping;
    }

    [Test]
    public async Task Wait_RouterOnlyPlans_SaysSo()
    {
        await using var rig = await HttpRouterRig.StartAsync(Vpc, options => options.DryRun = true);

        using var response = await rig.PostAsync("?wait=300", Document);

        var answer = await JsonOfAsync(response, HttpStatusCode.Accepted);
        answer["status"]!.ToString().Should().Be("dry_run");
        answer["changes"]!.AsArray().Should().HaveCount(2);
    }

    [Test]
    public async Task DryRun_Spec_AnswersThePlanAndChangesNothing()
    {
        await using var rig = await HttpRouterRig.StartAsync(Vpc);
        using var posted = await rig.PostAsync("?wait=60", Document);
        var done = rig.Api.Done.Count;

        using var response = await rig.PostAsync("?dry_run=true", """{"10.1.0.0/16": ["10.0.0.2"], "10.2.0.1/16": ["10.0.0.2"]}""");

        var plan = await JsonOfAsync(response, HttpStatusCode.OK);
        plan["changes"]!.AsArray().Select(change => $"{change!["kind"]} {change["destination"]} {change["route_table"]} {change["new_router"]}").Should().BeEquivalentTo(
            "repair 10.1.0.0/16 rtb-a 10.0.0.2", "create 10.2.0.0/16 rtb-a 10.0.0.2");
        plan["warnings"]!.AsArray().Should().ContainSingle().Which!.ToString().Should().Contain("host bits");
        plan["managed_route_tables"]!.AsArray().Should().ContainSingle();
        (await rig.Client.GetStringAsync(new Uri("/route_spec", UriKind.Relative))).Should().Be(Document);
        using var inLine = await rig.PostAsync("?wait=60", Document);
        inLine.StatusCode.Should().Be(HttpStatusCode.OK);
        rig.Api.Done.Should().HaveCount(done);
    }

    [Test]
    public async Task DryRun_BrokenSpec_IsRefusedAsEver()
    {
        await using var rig = await HttpRouterRig.StartAsync(Vpc);

        using var response = await rig.PostAsync("?dry_run=true", "[]");

        response.StatusCode.Should().Be(HttpStatusCode.BadRequest);
    }

    [Test]
    public async Task DryRun_VpcNotSeenYet_SaysSo()
    {
        await using var rig = await HttpRouterRig.StartAsync(Vpc, prepare: api => api.FailLook = () => InMemoryVpc.Error(VpcApiErrorKind.Unauthorized));

        using var response = await rig.PostAsync("?dry_run=true", Document);

        response.StatusCode.Should().Be(HttpStatusCode.ServiceUnavailable);
        response.Headers.RetryAfter.Should().NotBeNull();
    }

    private static async Task<JsonNode> JsonOfAsync(HttpResponseMessage response, HttpStatusCode expected)
    {
        var text = await response.Content.ReadAsStringAsync();
        response.StatusCode.Should().Be(expected, text);
        return JsonNode.Parse(text)!;
    }
}
