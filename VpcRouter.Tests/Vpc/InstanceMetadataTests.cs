using System.Net;
using Microsoft.Extensions.Time.Testing;
using VpcRouter.Settings;
using VpcRouter.Tests.Support;
using VpcRouter.Vpc.Ec2;

namespace VpcRouter.Tests.Vpc;

[CancelAfter(120_000)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class InstanceMetadataTests
{
    private readonly FakeTimeProvider _time = new(TestVpc.Start);
    private readonly Dictionary<string, string> _environment = [];
    private readonly List<string> _requests = [];
    private Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>>? _answer;

    [Test]
    public async Task GetRegionAsync_Version2_AsksForTheTokenFirst()
    {
        await MetadataOf().GetRegionAsync(default);

        _requests.Should().Equal("PUT http://169.254.169.254/latest/api/token ", "GET http://169.254.169.254/latest/meta-data/placement/region the-token");
    }

    [Test]
    public async Task GetRegionAsync_Answered_GivesTheRegion() => (await MetadataOf().GetRegionAsync(default)).Should().Be("eu-west-1");

    [Test]
    public async Task GetVpcIdAsync_Answered_GivesTheVpcOfTheFirstInterface() => (await MetadataOf().GetVpcIdAsync(default)).Should().Be("vpc-12");

    [Test]
    public async Task GetRegionAsync_EndpointGiven_AsksThere()
    {
        _environment["AWS_EC2_METADATA_SERVICE_ENDPOINT"] = "http://127.0.0.1:1234";

        await MetadataOf().GetRegionAsync(default);

        _requests.Should().OnlyContain(request => request.Contains(" http://127.0.0.1:1234/latest/"));
    }

    [Test]
    public async Task GetRegionAsync_EndpointIsNoUrl_SaysSo()
    {
        _environment["AWS_EC2_METADATA_SERVICE_ENDPOINT"] = "nonsense";

        await FailureAsync("AWS_EC2_METADATA_SERVICE_ENDPOINT \"nonsense\" is not a URL");
    }

    [TestCase("true")]
    [TestCase("TRUE")]
    public async Task GetRegionAsync_SwitchedOff_AsksNobody(string value)
    {
        _environment["AWS_EC2_METADATA_DISABLED"] = value;

        await FailureAsync("instance metadata is switched off by AWS_EC2_METADATA_DISABLED");
    }

    [Test]
    public async Task GetRegionAsync_Refused_NamesTheStatus()
    {
        _answer = (_, _) => Task.FromResult(new HttpResponseMessage(HttpStatusCode.Forbidden));

        await FailureAsync("instance metadata answered 403 to *");
    }

    [Test]
    public async Task GetRegionAsync_Unreachable_SaysWhy()
    {
        _answer = (_, _) => throw new HttpRequestException("no route");

        await FailureAsync("instance metadata can't be reached: no route");
    }

    [Test]
    public async Task GetRegionAsync_NoAnswer_NamesTheHopLimit()
    {
        _answer = async (_, cancelled) =>
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, _time, cancelled);
            return new HttpResponseMessage();
        };
        var asking = MetadataOf().GetRegionAsync(default);

        await Eventually.BeTrueAsync(() => asking.IsCompleted, _time, TimeSpan.FromSeconds(1));

        await asking.Awaiting(task => task).Should().ThrowAsync<InstanceMetadataException>().WithMessage("*did not answer within 2 s*hop limit is 1*");
    }

    [Test]
    public async Task GetRegionAsync_Cancelled_SurfacesTheCancellation() =>
        await MetadataOf().Awaiting(metadata => metadata.GetRegionAsync(new CancellationToken(canceled: true))).Should().ThrowAsync<OperationCanceledException>();

    [Test]
    public async Task FindAsync_NothingGivenAndSwitchedOff_NamesBothSettings()
    {
        _environment["AWS_EC2_METADATA_DISABLED"] = "true";

        (await MetadataOf().Awaiting(metadata => VpcLocation.FindAsync(null, null, metadata, default)).Should().ThrowAsync<SettingsException>())
            .Which.Errors.Select(error => error.Setting).Should().Equal("region", "vpc");
    }

    [Test]
    public async Task FindAsync_BothGiven_AsksNobody()
    {
        await VpcLocation.FindAsync("us-east-1", "vpc-1", MetadataOf(), default);

        _requests.Should().BeEmpty();
    }

    private async Task FailureAsync(string message) =>
        await MetadataOf().Awaiting(metadata => metadata.GetRegionAsync(default)).Should().ThrowAsync<InstanceMetadataException>().WithMessage(message);

    private InstanceMetadata MetadataOf() => new(new Handler(this), _environment.GetValueOrDefault, _time);

    private sealed class Handler(InstanceMetadataTests test) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var token = request.Headers.TryGetValues("X-aws-ec2-metadata-token", out var values) ? values.Single() : "";
            test._requests.Add($"{request.Method} {request.RequestUri} {token}");
            return test._answer?.Invoke(request, cancellationToken) ?? Task.FromResult(new HttpResponseMessage { Content = new StringContent(BodyOf(request.RequestUri!.AbsolutePath)) });
        }

        private static string BodyOf(string path) => path switch
        {
            "/latest/api/token" => "the-token",
            "/latest/meta-data/placement/region" => "eu-west-1\n",
            "/latest/meta-data/mac" => "0e:00:00:00:00:01",
            "/latest/meta-data/network/interfaces/macs/0e:00:00:00:00:01/vpc-id" => "vpc-12",
            _ => throw new ArgumentException(path),
        };
    }
}
