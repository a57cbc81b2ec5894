using System.Net;
using System.Text.Json.Nodes;
using VpcRouter.RouteSpecs;

namespace VpcRouter.Tests.AspNetCore;

public class RouteSpecEndpointTests
{
    private const string Document = "{ \"10.1.0.0/16\":\t[\"10.33.20.93\"] }";
    private EndpointHost _host = null!;

    [SetUp]
    public async Task StartHost() => _host = (await EndpointHost.StartAsync()).InHttpMode();

    [TearDown]
    public async Task StopHost() => await _host.DisposeAsync();

    [TestCase("GET")]
    [TestCase("POST")]
    public async Task RouteSpec_OtherMode_AnswersNotFoundWithHint(string method)
    {
        await using var host = await EndpointHost.StartAsync();

        using var response = await host.SendAsync(new HttpMethod(method), "/route_spec", method == "POST" ? Document : null);

        response.StatusCode.Should().Be(HttpStatusCode.NotFound);
        (await response.Content.ReadAsStringAsync()).Should().Contain("-m http");
    }

    [Test]
    public async Task Get_NothingPosted_AnswersNotFoundWithHint() =>
        (await TextOf(await _host.SendAsync(HttpMethod.Get, "/route_spec"), HttpStatusCode.NotFound)).Should().Contain("POST one here");

    [Test]
    public async Task Post_GoodSpec_AnswersOkAndDelivers()
    {
        (await TextOf(await PostAsync(Document), HttpStatusCode.OK)).Should().Be("Ok");

        _host.Specs.TryRead(out var spec).Should().BeTrue();
        spec!.Entries.Single().Destination.Should().Be(RouteDestination.Parse("10.1.0.0/16"));
    }

    [Test]
    public async Task Get_SpecPosted_AnswersItVerbatimWithETag()
    {
        using var posted = await PostAsync(Document);

        using var response = await _host.SendAsync(HttpMethod.Get, "/route_spec");

        (await response.Content.ReadAsStringAsync()).Should().Be(Document);
        response.Content.Headers.ContentType!.MediaType.Should().Be("application/json");
        response.Headers.ETag.Should().NotBeNull().And.Be(posted.Headers.ETag);
    }

    [Test]
    public async Task Get_ETagKnown_AnswersNotModified()
    {
        using var posted = await PostAsync(Document);

        using var response = await _host.SendAsync(HttpMethod.Get, "/route_spec", null, ("If-None-Match", posted.Headers.ETag!.ToString()));

        response.StatusCode.Should().Be(HttpStatusCode.NotModified);
    }

    [Test]
    public async Task Post_BrokenSpec_ListsEveryErrorAndKeepsTheLast()
    {
        using var posted = await PostAsync(Document);

        var text = await TextOf(await PostAsync("""{"x": [], "10.0.0.0/8": [1, 2]}"""), HttpStatusCode.BadRequest);

        text.TrimEnd().Split('\n').Should().SatisfyRespectively(
            line => line.Should().StartWith("Config ignored: $['x']: "),
            line => line.Should().StartWith("$['10.0.0.0/8'][0]: "),
            line => line.Should().StartWith("$['10.0.0.0/8'][1]: "));
        (await TextOf(await _host.SendAsync(HttpMethod.Get, "/route_spec"), HttpStatusCode.OK)).Should().Be(Document);
    }

    [Test]
    public async Task Post_BrokenSpecProblemAccepted_AnswersProblem()
    {
        using var response = await _host.SendAsync(HttpMethod.Post, "/route_spec", "[]", ("Accept", "application/problem+json"));

        response.Content.Headers.ContentType!.MediaType.Should().Be("application/problem+json");
        var problem = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
        problem["status"]!.GetValue<int>().Should().Be(400);
        problem["errors"]![0]!["path"]!.ToString().Should().Be("$");
    }

    [Test]
    public async Task Post_EmptySpec_IsRefusedWithHint() =>
        (await TextOf(await PostAsync("{}"), HttpStatusCode.BadRequest)).Should().StartWith("Config ignored: ").And.Contain("--allow-empty-spec");

    [TestCase(1, HttpStatusCode.RequestEntityTooLarge)]
    [TestCase(0, HttpStatusCode.OK)]
    public async Task Post_AroundTheLargestSize_IsJudgedByIt(int excess, HttpStatusCode expected)
    {
        var padded = Document + new string(' ', RouteSpecReader.MaximumBytes + excess - Document.Length);

        using var response = await PostAsync(padded);

        response.StatusCode.Should().Be(expected);
    }

    [Test]
    public async Task Post_TooLargeInChunks_IsRefused()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/route_spec") { Content = new StringContent(new string(' ', RouteSpecReader.MaximumBytes + 1)) };
        request.Headers.TransferEncodingChunked = true;

        using var response = await _host.Client.SendAsync(request);

        response.StatusCode.Should().Be(HttpStatusCode.RequestEntityTooLarge);
    }

    [TestCase("\"0\"", HttpStatusCode.PreconditionFailed)]
    [TestCase("nonsense", HttpStatusCode.BadRequest)]
    [TestCase("*", HttpStatusCode.OK)]
    public async Task Post_IfMatch_GuardsTheSpecInForce(string condition, HttpStatusCode expected)
    {
        using var posted = await PostAsync(Document);

        using var response = await PostAsync("""{"10.2.0.0/16": ["10.33.20.93"]}""", ("If-Match", condition));

        response.StatusCode.Should().Be(expected);
    }

    [Test]
    public async Task Post_IfMatchOfStaleETag_LosesToTheFirst()
    {
        using var posted = await PostAsync(Document);
        var condition = ("If-Match", posted.Headers.ETag!.ToString());

        using var first = await PostAsync("""{"10.2.0.0/16": ["10.33.20.93"]}""", condition);
        using var second = await PostAsync("""{"10.3.0.0/16": ["10.33.20.93"]}""", condition);

        (first.StatusCode, second.StatusCode).Should().Be((HttpStatusCode.OK, HttpStatusCode.PreconditionFailed));
    }

    [TestCase("http://evil.example", HttpStatusCode.Forbidden)]
    [TestCase("null", HttpStatusCode.Forbidden)]
    [TestCase(null, HttpStatusCode.OK)]
    public async Task Post_FromPage_IsTakenFromOwnSiteOnly(string? origin, HttpStatusCode expected)
    {
        using var response = await PostAsync(Document, ("Origin", origin ?? _host.Client.BaseAddress!.GetLeftPart(UriPartial.Authority)));

        response.StatusCode.Should().Be(expected);
    }

    [Test]
    public async Task Post_FromPageWhoseNameWasReboundToLoopback_IsRefused()
    {
        using var response = await PostAsync(Document, ("Host", "example.com:33289"), ("Origin", "http://example.com:33289"));

        response.StatusCode.Should().Be(HttpStatusCode.Forbidden);
    }

    private static async Task<string> TextOf(HttpResponseMessage response, HttpStatusCode expected)
    {
        using (response)
        {
            response.StatusCode.Should().Be(expected);
            return await response.Content.ReadAsStringAsync();
        }
    }

    private Task<HttpResponseMessage> PostAsync(string document, params (string Name, string Value)[] headers) =>
        _host.SendAsync(HttpMethod.Post, "/route_spec", document, headers);
}
