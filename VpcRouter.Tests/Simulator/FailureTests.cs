using System.Net;
using Amazon.EC2;
using Amazon.EC2.Model;
using VpcRouter.Simulator.Model;

namespace VpcRouter.Tests.Simulator;

public sealed class FailureTests : FaultFixture
{
    [TestCase("InternalError", HttpStatusCode.InternalServerError)]
    [TestCase("Unavailable", HttpStatusCode.ServiceUnavailable)]
    [TestCase("RequestLimitExceeded", HttpStatusCode.ServiceUnavailable)]
    [TestCase("RequestExpired", HttpStatusCode.BadRequest)]
    [TestCase("ExpiredToken", HttpStatusCode.BadRequest)]
    [TestCase("AuthFailure", HttpStatusCode.Unauthorized)]
    [TestCase("UnauthorizedOperation", HttpStatusCode.Forbidden)]
    public async Task Errors_CodeForOneAction_SparesTheOthers(string code, HttpStatusCode status)
    {
        Put($$"""{ "errors": [{ "actions": "CreateRoute", "code": "{{code}}" }] }""");
        var error = (await FluentActions.Awaiting(() => CreateRouteAsync()).Should().ThrowAsync<AmazonEC2Exception>()).Which;
        (error.ErrorCode, error.StatusCode).Should().Be((code, status));
        HasRoute("10.7.0.0/16").Should().BeFalse();
        (await Ec2.DescribeVpcsAsync()).Vpcs.Should().HaveCount(1);
    }

    [Test]
    public async Task Errors_StatusAndMessage_AreTheCallersOwn()
    {
        Put("""{ "errors": [{ "code": "Odd", "status": 418, "message": "I'm a teapot" }] }""");
        var error = (await FluentActions.Awaiting(() => Ec2.DescribeVpcsAsync()).Should().ThrowAsync<AmazonEC2Exception>()).Which;
        (error.ErrorCode, error.Message, (int)error.StatusCode).Should().Be(("Odd", "I'm a teapot", 418));
    }

    [Test]
    public async Task Errors_Script_RunsInOrderAndEnds()
    {
        Put("""
            { "errors": [
              { "actions": "DescribeVpcs", "skipCalls": 1, "calls": 2, "code": "First" },
              { "actions": "Describe*", "skipCalls": 1, "calls": 1, "code": "Second" }] }
            """);
        var results = new List<string>();
        for (var i = 0; i < 6; i++)
            results.Add(await ResultOfAsync(() => Ec2.DescribeVpcsAsync()));
        results.Should().Equal("OK", "First", "First", "Second", "OK", "OK");
        Host.Vpc.GetFaults().Struck.Should().Equal(new Dictionary<string, long> { ["$.errors[0]"] = 2, ["$.errors[1]"] = 1 });
    }

    [Test]
    public async Task Errors_ProbabilityOfOneSeed_RepeatsItself()
    {
        var runs = new List<string>();
        for (var run = 0; run < 2; run++)
        {
            Put("""{ "seed": 3, "errors": [{ "probability": 0.5, "code": "InternalError" }] }""");
            var results = new List<string>();
            for (var i = 0; i < 30; i++)
                results.Add(await ResultOfAsync(() => Ec2.DescribeVpcsAsync()));
            runs.Add(string.Join(' ', results));
        }

        runs[1].Should().Be(runs[0]).And.Contain("OK").And.Contain("InternalError");
    }

    [Test]
    public async Task Errors_Window_EndsByItself()
    {
        Put("""{ "errors": [{ "afterSeconds": 10, "forSeconds": 5, "code": "Unavailable" }] }""");
        (await ResultOfAsync(() => Ec2.DescribeVpcsAsync())).Should().Be("OK");
        Time.Advance(TimeSpan.FromSeconds(10));
        (await ResultOfAsync(() => Ec2.DescribeVpcsAsync())).Should().Be("Unavailable");
        Time.Advance(TimeSpan.FromSeconds(5));
        (await ResultOfAsync(() => Ec2.DescribeVpcsAsync())).Should().Be("OK");
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task Errors_Reset_BreaksTheConnectionBeforeOrAfterTheWrite(bool carriedOut)
    {
        Put($$"""{ "errors": [{ "actions": "CreateRoute", "calls": 1, "answer": "reset", "carriedOut": {{(carriedOut ? "true" : "false")}} }] }""");
        // Without Amazon's client, which tries once more on another connection whatever its retries are set to.
        using var request = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["Action"] = "CreateRoute",
            ["RouteTableId"] = "rtb-2",
            ["DestinationCidrBlock"] = "10.7.0.0/16",
            ["NetworkInterfaceId"] = "eni-1",
        });
        await FluentActions.Awaiting(() => Http.PostAsync(new Uri("/", UriKind.Relative), request)).Should().ThrowAsync<HttpRequestException>();
        HasRoute("10.7.0.0/16").Should().Be(carriedOut);
        Host.Vpc.GetCalls().Should().ContainSingle().Which.Result.Should().Be("ConnectionReset");
    }

    [Test]
    public async Task Errors_ResetForGood_FailTheSdksCall()
    {
        Put("""{ "errors": [{ "answer": "reset" }] }""");
        await FluentActions.Awaiting(() => Ec2.DescribeVpcsAsync()).Should().ThrowAsync<Exception>();
        Host.Vpc.GetCalls().Should().OnlyContain(c => c.Result == "ConnectionReset");
    }

    [Test]
    public async Task Errors_NoAnswer_LastsUntilTheCallerGivesUp()
    {
        Put("""{ "errors": [{ "answer": "none" }] }""");
        var answered = new TaskCompletionSource<SimulatorCall>(TaskCreationOptions.RunContinuationsAsynchronously);
        Host.Vpc.CallAnswered += answered.SetResult;
        using var patience = new CancellationTokenSource();
        var call = Ec2.DescribeVpcsAsync(new DescribeVpcsRequest(), patience.Token);
        (await answered.Task).Result.Should().Be("NoAnswer");
        call.IsCompleted.Should().BeFalse();
        await patience.CancelAsync();
        await FluentActions.Awaiting(() => call).Should().ThrowAsync<OperationCanceledException>();
    }

    [Test]
    public async Task Errors_CarriedOutButRefusedByEc2_StillFailAsAskedFor()
    {
        Put("""{ "errors": [{ "code": "InternalError", "carriedOut": true }] }""");
        (await CodeOf(() => CreateRouteAsync("172.30.0.0/16"))).Should().Be("InternalError");
    }

    [Test]
    public async Task Errors_Struck_TakesNoToken()
    {
        Put("""{ "throttling": { "limits": [{ "burst": 1, "refillPerSecond": 0 }] }, "errors": [{ "calls": 3, "code": "InternalError" }] }""");
        for (var i = 0; i < 3; i++)
            (await ResultOfAsync(() => Ec2.DescribeVpcsAsync())).Should().Be("InternalError");
        (await ResultOfAsync(() => Ec2.DescribeVpcsAsync())).Should().Be("OK");
        (await ResultOfAsync(() => Ec2.DescribeVpcsAsync())).Should().Be("RequestLimitExceeded");
    }

    private static async Task<string> ResultOfAsync(Func<Task> call)
    {
        try
        {
            await call();
            return "OK";
        }
        catch (AmazonEC2Exception e)
        {
            return e.ErrorCode;
        }
    }
}
