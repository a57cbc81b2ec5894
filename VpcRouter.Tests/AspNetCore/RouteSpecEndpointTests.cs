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

        var text = await TextOf(await PostAsync("""{"x": [], "10.0.0.0/8": [1, 2]}""", ("Accept", "text/plain")), HttpStatusCode.BadRequest);

        text.TrimEnd().Split('\n').Should().SatisfyRespectively(
            line => line.Should().StartWith("Config ignored: $['x']: "),
            line => line.Should().StartWith("$['10.0.0.0/8'][0]: "),
            line => line.Should().StartWith("$['10.0.0.0/8'][1]: "));
        (await TextOf(await _host.SendAsync(HttpMethod.Get, "/route_spec"), HttpStatusCode.OK)).Should().Be(Document);
    }

    [TestCase(null)]
    [TestCase("*/*")]
    [TestCase("application/problem+json")]
    [TestCase("application/json, text/plain")]
    public async Task Post_BrokenSpec_AnswersProblem(string? accept)
    {
        using var response = await PostAsync("[]", accept is null ? [] : [("Accept", accept)]);

        response.Content.Headers.ContentType!.MediaType.Should().Be("application/problem+json");
        var problem = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
        problem["status"]!.GetValue<int>().Should().Be(400);
        problem["detail"]!.ToString().Should().StartWith("Config ignored: $: ");
        problem["errors"]![0]!["path"]!.ToString().Should().Be("$");
    }

    [Test]
    public async Task Post_MoreErrorsThanAnybodyMends_ListsTheFirstAndCountsTheRest()
    {
        var document = "{" + string.Join(',', Enumerable.Range(0, 5000).Select(i => $"\"x{i}\": []")) + "}";

        var problem = JsonNode.Parse(await TextOf(await PostAsync(document), HttpStatusCode.BadRequest))!;

        problem["errors"]!.AsArray().Should().HaveCount(1001);
        problem["errors"]![1000]!["message"]!.ToString().Should().Be("4000 more errors are not listed");
    }

    [Test]
    public async Task Post_EmptySpec_IsRefusedWithHint() =>
        (await TextOf(await PostAsync("{}", ("Accept", "text/plain")), HttpStatusCode.BadRequest)).Should().StartWith("Config ignored: ").And.Contain("--allow-empty-spec");

    [TestCase(1, HttpStatusCode.RequestEntityTooLarge)]
    [TestCase(0, HttpStatusCode.OK)]
    public async Task Post_AroundTheLargestSize_IsJudgedByIt(int excess, HttpStatusCode expected)
    {
        var padded = Document + new string(' ', RouteSpecReader.MaximumBytes + excess - Document.Length);

        using var response = await PostAsync(padded);

        response.StatusCode.Should().Be(expected);
    }

    [Test]
    public async Task Post_RefusedOverAndOver_LogsTheFirstAndEveryHundredth()
    {
        for (var i = 0; i < 101; i++)
            await TextOf(await PostAsync("nonsense"), HttpStatusCode.BadRequest);
        await TextOf(await PostAsync(Document), HttpStatusCode.OK);
        await TextOf(await PostAsync("nonsense"), HttpStatusCode.BadRequest);

        _host.Log.Containing("A posted route spec was refused").Should().SatisfyRespectively(
            first => first.Should().Contain("(number 1 since"),
            hundredth => hundredth.Should().Contain("(number 101 since"),
            afterOneThatWasAccepted => afterOneThatWasAccepted.Should().Contain("(number 1 since"));
    }

    [Test]
    public async Task Post_TooLargeInChunks_IsRefused()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/route_spec") { Content = new StringContent(new string(' ', RouteSpecReader.MaximumBytes + 1)) };
        request.Headers.TransferEncodingChunked = true;

        using var response = await _host.Client.SendAsync(request);

        response.StatusCode.Should().Be(HttpStatusCode.RequestEntityTooLarge);
        (await response.Content.ReadAsStringAsync()).Should().Contain("at most 16777216 bytes are accepted");
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

    [TestCase("*")]
    [TestCase("\"another\", TAG")]
    public async Task Get_IfNoneMatch_AnswersNotModified(string tags)
    {
        using var posted = await PostAsync(Document);

        using var response = await _host.SendAsync(HttpMethod.Get, "/route_spec", null, ("If-None-Match", tags.Replace("TAG", posted.Headers.ETag!.ToString(), StringComparison.Ordinal)));

        response.StatusCode.Should().Be(HttpStatusCode.NotModified);
    }

    [Test]
    public async Task Post_IfNoneMatchAny_TakesTheFirstOnly()
    {
        using var first = await PostAsync(Document, ("If-None-Match", "*"));
        using var second = await PostAsync("""{"10.2.0.0/16": ["10.33.20.93"]}""", ("If-None-Match", "*"));

        (first.StatusCode, second.StatusCode).Should().Be((HttpStatusCode.OK, HttpStatusCode.PreconditionFailed));
    }

    [TestCase(null, HttpStatusCode.OK)]
    [TestCase("application/json", HttpStatusCode.OK)]
    [TestCase("application/json; charset=\"UTF-8\"", HttpStatusCode.OK)]
    [TestCase("application/vnd.example+json", HttpStatusCode.OK)]
    [TestCase("application/x-www-form-urlencoded", HttpStatusCode.OK)]
    [TestCase("text/plain; charset=utf-8", HttpStatusCode.OK)]
    [TestCase("application/json; charset=utf-16", HttpStatusCode.UnsupportedMediaType)]
    [TestCase("application/yaml", HttpStatusCode.UnsupportedMediaType)]
    [TestCase("multipart/form-data; boundary=x", HttpStatusCode.UnsupportedMediaType)]
    [TestCase("text/html+json", HttpStatusCode.UnsupportedMediaType)]
    [TestCase("nonsense", HttpStatusCode.UnsupportedMediaType)]
    public async Task Post_ContentType_IsTakenOrRefused(string? type, HttpStatusCode expected)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/route_spec") { Content = new ByteArrayContent(System.Text.Encoding.UTF8.GetBytes(Document)) };
        if (type is not null)
            request.Content.Headers.TryAddWithoutValidation("Content-Type", type);

        using var response = await _host.Client.SendAsync(request);

        response.StatusCode.Should().Be(expected);
    }

    [Test]
    public async Task Post_Compressed_IsRefusedWithRemedy() =>
        (await TextOf(await PostAsync(Document, ("Content-Encoding", "gzip")), HttpStatusCode.UnsupportedMediaType)).Should().Contain("without Content-Encoding");

    [TestCase("?wait=301")]
    [TestCase("?wait=-1")]
    [TestCase("?wait=soon")]
    [TestCase("?wait=1&wait=2")]
    [TestCase("?dry_run=maybe")]
    [TestCase("?dryrun=true")]
    public async Task Post_QueryThatIsNotUnderstood_IsRefused(string query)
    {
        using var response = await _host.SendAsync(HttpMethod.Post, "/route_spec" + query, Document);

        response.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        _host.Inbox.Current.Should().BeNull();
    }

    [Test]
    public async Task Post_ManyAtOnce_OneAfterTheOtherAndTheLastStays()
    {
        var documents = Enumerable.Range(0, 40).Select(i => $$"""{"10.{{i}}.0.0/16": ["10.33.20.93"]}""").ToList();

        var answers = await Task.WhenAll(documents.Select(document => PostAsync(document)));

        answers.Should().OnlyContain(answer => answer.StatusCode == HttpStatusCode.OK);
        var delivered = new List<string>();
        while (_host.Specs.TryRead(out var spec))
            delivered.Add(spec.Entries.Single().Destination.ToString());
        delivered.Should().HaveCount(40).And.OnlyHaveUniqueItems();
        _host.Inbox.Current!.Spec.Entries.Single().Destination.ToString().Should().Be(delivered[^1]);
        foreach (var answer in answers)
            answer.Dispose();
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
