using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using VpcRouter.AspNetCore;
using VpcRouter.Settings;

namespace VpcRouter.Tests.AspNetCore;

/// <summary>Who is let in, and what the others are told.</summary>
internal sealed class AccessTests
{
    private const string Token = "correct-horse-battery-staple";
    private const string Document = """{"10.1.0.0/16": ["10.33.20.93"]}""";

    [TestCase(null, "needs a token")]
    [TestCase("Bearer wrong-horse-battery-staple", "is wrong")]
    [TestCase("Bearer", "needs a token")]
    [TestCase("Bearer correct-horse-battery-stapl", "is wrong")]
    [TestCase("Digest correct-horse-battery-staple", "needs a token")]
    public async Task Post_TokenMissingOrWrong_IsRefusedWithReason(string? authorization, string reason)
    {
        await using var host = await StartAsync();

        using var response = await PostAsync(host, authorization is null ? [] : [("Authorization", authorization)]);

        response.StatusCode.Should().Be(HttpStatusCode.Unauthorized);
        response.Headers.WwwAuthenticate.ToString().Should().StartWith("Bearer realm=");
        (await response.Content.ReadAsStringAsync()).Should().Contain(reason).And.Contain("Authorization: Bearer");
        host.Inbox.Current.Should().BeNull();
    }

    [TestCase("Bearer")]
    [TestCase("bearer")]
    public async Task Post_Token_IsTaken(string scheme)
    {
        await using var host = await StartAsync();

        using var response = await PostAsync(host, ("Authorization", $"{scheme} {Token}"));

        response.StatusCode.Should().Be(HttpStatusCode.OK);
    }

    // A browser sends a password it knows with posts that a foreign page makes it send, too.
    [Test]
    public async Task Post_TokenAsPassword_IsRefused()
    {
        await using var host = await StartAsync();

        using var response = await PostAsync(host, ("Authorization", Basic(Token)));

        response.StatusCode.Should().Be(HttpStatusCode.Unauthorized);
    }

    [TestCase("/route_spec?token=")]
    [TestCase("/route_spec?dry_run=true&access_token=")]
    public async Task Post_TokenInUrl_IsRefusedWithReasonAndLogsNone(string path)
    {
        await using var host = await StartAsync();

        using var response = await host.SendAsync(HttpMethod.Post, path + Token, Document);

        response.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        (await response.Content.ReadAsStringAsync()).Should().Contain("consider it known").And.NotContain(Token);
        host.Log.Containing("/route_spec").Should().ContainSingle();
        host.Log.All.Should().NotContain(line => line.Contains(Token));
    }

    [TestCase("/")]
    [TestCase("/ips")]
    [TestCase("/plugins")]
    [TestCase("/route_spec")]
    public async Task Get_TokenForReads_IsAskedForIt(string path)
    {
        await using var host = await StartAsync(http => http.TokenForReads = true);

        using var without = await host.SendAsync(HttpMethod.Get, path);
        using var with = await host.SendAsync(HttpMethod.Get, path, null, ("Authorization", "Bearer " + Token));
        using var browser = await host.SendAsync(HttpMethod.Get, path, null, ("Authorization", Basic(Token)));

        without.StatusCode.Should().Be(HttpStatusCode.Unauthorized);
        without.Headers.WwwAuthenticate.Select(challenge => challenge.Scheme).Should().Equal("Bearer", "Basic");
        with.StatusCode.Should().NotBe(HttpStatusCode.Unauthorized);
        browser.StatusCode.Should().Be(with.StatusCode);
    }

    [TestCase("/healthz")]
    [TestCase("/readyz")]
    public async Task Get_ProbeEndpoint_NeverNeedsAToken(string path)
    {
        await using var host = await StartAsync(http => http.TokenForReads = true);

        using var response = await host.SendAsync(HttpMethod.Get, path);

        response.StatusCode.Should().Be(HttpStatusCode.OK);
    }

    [Test]
    public async Task Get_TokenForWritesOnly_IsOpen()
    {
        await using var host = await StartAsync();

        using var response = await host.SendAsync(HttpMethod.Get, "/ips");

        response.StatusCode.Should().Be(HttpStatusCode.OK);
    }

    [TestCase("Origin", "http://evil.example")]
    [TestCase("Origin", "null")]
    [TestCase("Origin", "https://127.0.0.1")]
    [TestCase("Origin", "http://127.0.0.1:1")]
    [TestCase("Sec-Fetch-Site", "cross-site")]
    [TestCase("Sec-Fetch-Site", "same-site")]
    public async Task Post_ForeignPage_IsRefusedWithReason(string header, string value)
    {
        await using var host = await StartAsync(http => http.Token = null);

        using var response = await PostAsync(host, (header, value));

        response.StatusCode.Should().Be(HttpStatusCode.Forbidden);
        (await response.Content.ReadAsStringAsync()).Should().Contain("another site");
        host.Inbox.Current.Should().BeNull();
    }

    [Test]
    public async Task Post_OwnPage_IsTaken()
    {
        await using var host = await StartAsync(http => http.Token = null);

        using var response = await PostAsync(host, ("Origin", host.Client.BaseAddress!.GetLeftPart(UriPartial.Authority)), ("Sec-Fetch-Site", "same-origin"));

        response.StatusCode.Should().Be(HttpStatusCode.OK);
    }

    [TestCase("evil.example:33289", null, HttpStatusCode.MisdirectedRequest)]
    [TestCase("localhost.evil.example", null, HttpStatusCode.MisdirectedRequest)]
    [TestCase("localhost:1", null, HttpStatusCode.OK)]
    [TestCase("LOCALHOST.", null, HttpStatusCode.OK)]
    [TestCase("127.0.0.1", null, HttpStatusCode.OK)]
    [TestCase("[::1]:33289", null, HttpStatusCode.OK)]
    [TestCase("router.example.com", "other.example.com, Router.Example.com", HttpStatusCode.OK)]
    [TestCase("router.example.com:33289", "router.example.com.", HttpStatusCode.OK)]
    [TestCase("anything.example", "*", HttpStatusCode.OK)]
    public async Task Request_ByAName_IsTakenByOwnNamesOnly(string name, string? allowed, HttpStatusCode expected)
    {
        await using var host = await StartAsync(http => (http.Token, http.AllowedHosts) = (null, allowed));

        using var posted = await PostAsync(host, ("Host", name));
        using var got = await host.SendAsync(HttpMethod.Get, "/ips", null, ("Host", name));

        (posted.StatusCode, got.StatusCode).Should().Be((expected, expected));
        if (expected != HttpStatusCode.OK)
            (await posted.Content.ReadAsStringAsync()).Should().Contain("--allowed-hosts").And.NotContain(name);
    }

    [TestCase("router.example.com:33289")]
    [TestCase("https://router.example.com")]
    [TestCase("*.example.com")]
    [TestCase("router example")]
    public async Task Start_AllowedHostThatIsNoName_SaysWhichAndWhatToGive(string name)
    {
        var starting = () => StartAsync(http => (http.Token, http.AllowedHosts) = (null, "fine.example.com, 10.0.0.1, ::1, " + name));

        (await starting.Should().ThrowAsync<SettingsException>()).Which.Errors.Should().ContainSingle()
            .Which.ToString().Should().StartWith($"--allowed-hosts \"{name}\" is no name of a host").And.Contain("give the name alone");
    }

    // A page can make a browser send no token, and so gains nothing by a name.
    [Test]
    public async Task Post_ByAnyNameWithTheToken_IsTaken()
    {
        await using var host = await StartAsync();

        using var response = await PostAsync(host, ("Host", "anything.example"), ("Authorization", "Bearer " + Token));

        response.StatusCode.Should().Be(HttpStatusCode.OK);
    }

    [Test]
    public async Task Refusals_OfOneKind_AreLoggedOnceAHundred()
    {
        await using var host = await StartAsync();
        for (var i = 0; i < 101; i++)
            (await PostAsync(host)).Dispose();
        (await PostAsync(host, ("Authorization", "Bearer secret-that-must-not-be-logged"))).Dispose();

        host.Log.Containing("was refused").Should().SatisfyRespectively(
            line => line.Should().Contain("POST /route_spec from 127.0.0.1").And.Contain("401").And.Contain("number 1 "),
            line => line.Should().Contain("number 101 "),
            line => line.Should().Contain("is wrong").And.NotContain("secret-that"));
    }

    [Test]
    public async Task Secrets_AreShownNowhere()
    {
        await using var host = await StartAsync();

        foreach (var page in (string[])["/", "/plugins", "/route_info", "/vpc"])
            (await host.Client.GetStringAsync(new Uri(page, UriKind.Relative))).Should().NotContain(Token);
    }

    [Test]
    public async Task Endpoints_WithAuthorizationOfTheApp_AskBoth()
    {
        var asked = 0;
        await using var host = await StartAsync(protect: endpoints => endpoints.AddEndpointFilter(async (context, next) =>
        {
            asked++;
            return context.HttpContext.Request.Headers.ContainsKey("X-Badge") ? await next(context) : Results.StatusCode(StatusCodes.Status403Forbidden);
        }));

        using var noToken = await PostAsync(host, ("X-Badge", "1"));
        using var noBadge = await PostAsync(host, ("Authorization", "Bearer " + Token));
        using var both = await PostAsync(host, ("X-Badge", "1"), ("Authorization", "Bearer " + Token));

        (noToken.StatusCode, noBadge.StatusCode, both.StatusCode).Should().Be((HttpStatusCode.Unauthorized, HttpStatusCode.Forbidden, HttpStatusCode.OK));
        asked.Should().Be(2);
    }

    [TestCase("short")]
    [TestCase("has a blank in the middle")]
    [TestCase("ünmöglich-in-einem-header")]
    public async Task Start_TokenUnfit_SaysSoWithoutShowingIt(string unfit)
    {
        var starting = () => StartAsync(http => http.Token = unfit);

        (await starting.Should().ThrowAsync<SettingsException>()).Which.Message.Should().ContainAll("VPCROUTER_TOKEN", "openssl rand -hex 32").And.NotContain(unfit);
    }

    [Test]
    public async Task Start_TokenForReadsWithoutToken_SaysWhatToGive()
    {
        var starting = () => StartAsync(http => (http.Token, http.TokenForReads) = (null, true));

        (await starting.Should().ThrowAsync<SettingsException>()).Which.Message.Should().ContainAll("--token-for-reads", "--token-file", "VPCROUTER_TOKEN");
    }

    private static string Basic(string password) => new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes("me:" + password))).ToString();

    private static async Task<EndpointHost> StartAsync(Action<VpcRouterHttpOptions>? http = null, Action<IEndpointConventionBuilder>? protect = null) =>
        (await EndpointHost.StartAsync(
            http: options =>
            {
                options.Token = Token;
                http?.Invoke(options);
            },
            protect: protect)).InHttpMode();

    private static Task<HttpResponseMessage> PostAsync(EndpointHost host, params (string Name, string Value)[] headers) =>
        host.SendAsync(HttpMethod.Post, "/route_spec", Document, headers);
}
