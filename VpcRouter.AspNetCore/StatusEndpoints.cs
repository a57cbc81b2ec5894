using System.Net.Mime;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using VpcRouter.AspNetCore.Page;
using VpcRouter.AspNetCore.Pages;
using VpcRouter.AspNetCore.Responses;
using VpcRouter.AspNetCore.Routes;
using VpcRouter.Hosting;

namespace VpcRouter.AspNetCore;

/// <summary>Answers the requests that only look.</summary>
internal sealed class StatusEndpoints(IRouterState state, RouteBoards boards, SharedAnswers answers, RouterParameters parameters, IOptions<VpcRouterOptions> options, TimeProvider timeProvider)
{
    // More than a browser shows gladly, and a client that wants more asks for it.
    private const int RoutesOnHtml = 200;
    private const int HostsOnTopology = 500;
    private const int MostHostsOnTopology = 100_000;

    public IResult Overview(HttpContext context) =>
        Negotiation.FormFor(context.Request.Headers.Accept) == ResponseForm.Html
            ? PageEndpoints.Page(context)
            : PageResult.Of(context, MountPoint.Href(context.Request, ""), "", OverviewPage.Render(state.Current, parameters, timeProvider.GetUtcNow(), context.Request));

    public Task<IResult> HostsAsync(HttpContext context) => answers.AnswerAsync(context, "ips", () => HostsPage.Of(state.Current));

    public IResult Plugins(HttpContext context) => PageResult.Of(context, MountPoint.Home(context.Request), "plugins", PluginsPage.Render(state.Current));

    public Task<IResult> RouteInfoAsync(HttpContext context) => RoutesAsync(context, "route_info", (query, next) =>
        new RouteInfoPage(boards.Current, query, options.Value.IgnoreRoutes, timeProvider.GetUtcNow()).Content(next));

    public Task<IResult> VpcAsync(HttpContext context) => RoutesAsync(context, "vpc", (query, next) =>
        new VpcPage(boards.Current, query, timeProvider.GetUtcNow()).Content(next));

    public async Task<IResult> TopologyAsync(HttpContext context)
    {
        var query = new QueryReader(context.Request.Query);
        var hosts = query.Number("hosts", 0, MostHostsOnTopology) ?? HostsOnTopology;
        if (query.Errors.Count > 0)
            return BadQuery.Answer(context, query.Errors);
        return await answers.AnswerAsync(context, "topology", () => new TopologyPage(boards.Current, state.Readiness, options.Value.DryRun, hosts, timeProvider.GetUtcNow()).Content).ConfigureAwait(false);
    }

    public IResult Healthy() => state.Liveness is { IsOk: false } stuck
        ? Results.Text($"{stuck.Name}: {stuck.Message}\n", MediaTypeNames.Text.Plain, statusCode: StatusCodes.Status503ServiceUnavailable)
        : Results.Text("ok\n", MediaTypeNames.Text.Plain);

    public IResult Ready()
    {
        var page = ReadinessPage.Render(state.Readiness);
        var status = page["ready"]!.GetValue<bool>() ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
        return Results.Text(page.ToJsonString(JsonOutput.Compact), MediaTypeNames.Application.Json, statusCode: status);
    }

    private async Task<IResult> RoutesAsync(HttpContext context, string title, Func<RouteQuery, NextPage, PageContent> make)
    {
        var reader = new QueryReader(context.Request.Query);
        var query = reader.Routes();
        if (reader.Errors.Count > 0)
            return BadQuery.Answer(context, reader.Errors);
        if (Negotiation.FormFor(context.Request.Headers.Accept) == ResponseForm.Html)
            query = query with { Limit = Math.Min(query.Limit ?? RoutesOnHtml, RoutesOnHtml) };
        var next = new NextPage(context.Request);
        return await answers.AnswerAsync(context, title, () => make(query, next)).ConfigureAwait(false);
    }
}
