using System.Net;
using VpcRouter.AspNetCore.Responses;

namespace VpcRouter.Tests.AspNetCore;

public class NegotiationTests
{
    [TestCase(null, ResponseForm.Text)]
    [TestCase("", ResponseForm.Text)]
    [TestCase("*/*", ResponseForm.Text)]
    [TestCase("text/*", ResponseForm.Text)]
    [TestCase("text/plain", ResponseForm.Text)]
    [TestCase("application/json", ResponseForm.Json)]
    [TestCase("APPLICATION/JSON; charset=utf-8", ResponseForm.Json)]
    [TestCase("application/json, text/plain, */*", ResponseForm.Json)]
    [TestCase("application/json;q=0.5, text/plain", ResponseForm.Text)]
    [TestCase("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", ResponseForm.Html)]
    [TestCase("image/png, */*;q=0.1", ResponseForm.Text)]
    [TestCase("image/png", ResponseForm.None)]
    [TestCase("application/json;q=0", ResponseForm.None)]
    [TestCase("what is this", ResponseForm.None)]
    public void FormFor_Accept_Chooses(string? accept, object expected) => Negotiation.FormFor(accept).Should().Be((ResponseForm)expected);

    [Test]
    public async Task Page_NoAccept_IsIndentedText()
    {
        await using var host = await EndpointHost.StartAsync();

        using var response = await host.SendAsync(HttpMethod.Get, "/ips");

        response.Content.Headers.ContentType!.ToString().Should().Be("text/plain; charset=utf-8");
        (await response.Content.ReadAsStringAsync()).Should().StartWith("{\n  \"failed_ips\": []");
        response.Headers.GetValues("X-Content-Type-Options").Should().Equal("nosniff");
    }

    [Test]
    public async Task Page_Browser_IsHtmlThatLoadsOnlyItsStyle()
    {
        await using var host = await EndpointHost.StartAsync();

        using var response = await host.SendAsync(HttpMethod.Get, "/ips", null, ("Accept", "text/html"));

        response.Content.Headers.ContentType!.MediaType.Should().Be("text/html");
        response.Headers.GetValues("Content-Security-Policy").Should().Equal("default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
        (await response.Content.ReadAsStringAsync()).Should().Contain("<th>failed_ips</th>");
    }

    [Test]
    public void Render_Time_IsShownWithoutQuotes() =>
        HtmlPage.Render("/", "", new System.Text.Json.Nodes.JsonObject { ["at"] = DateTimeOffset.UnixEpoch }).Should().Contain("<td>1970-01-01T00:00:00+00:00</td>");

    [Test]
    public void Render_TextWithMarkup_EscapesIt()
    {
        var html = HtmlPage.Render("/", "vpc", new System.Text.Json.Nodes.JsonObject { ["<b>"] = "<script>\"&'</script>" });

        html.Should().Contain("&lt;b&gt;").And.Contain("&lt;script&gt;").And.NotContain("<script>").And.NotContain("<b>");
    }

    [Test]
    public async Task Page_NothingAcceptable_Answers407AsTheOriginal()
    {
        await using var host = await EndpointHost.StartAsync();

        using var response = await host.SendAsync(HttpMethod.Get, "/", null, ("Accept", "image/png"));

        response.StatusCode.Should().Be(HttpStatusCode.ProxyAuthenticationRequired);
    }
}
