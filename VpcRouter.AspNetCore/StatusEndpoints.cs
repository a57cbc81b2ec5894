using System.Net.Mime;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using VpcRouter.AspNetCore.Pages;
using VpcRouter.AspNetCore.Responses;
using VpcRouter.Hosting;

namespace VpcRouter.AspNetCore;

/// <summary>Answers the requests that only look.</summary>
internal sealed class StatusEndpoints(IRouterState state, RouterParameters parameters, IOptions<VpcRouterOptions> options, TimeProvider timeProvider)
{
    public static IResult Healthy() => Results.Text("ok\n", MediaTypeNames.Text.Plain);

    public IResult Overview(HttpContext context) =>
        PageResult.Of(context, MountPoint.Href(context.Request, ""), "", OverviewPage.Render(state.Current, parameters, timeProvider.GetUtcNow(), context.Request));

    public IResult Hosts(HttpContext context) => PageResult.Of(context, MountPoint.Home(context.Request), "ips", HostsPage.Render(state.Current));

    public IResult Plugins(HttpContext context) => PageResult.Of(context, MountPoint.Home(context.Request), "plugins", PluginsPage.Render(state.Current));

    public IResult RouteInfo(HttpContext context) =>
        PageResult.Of(context, MountPoint.Home(context.Request), "route_info", RouteInfoPage.Render(state.Current, options.Value.IgnoreRoutes));

    public IResult Vpc(HttpContext context) => PageResult.Of(context, MountPoint.Home(context.Request), "vpc", VpcPage.Render(state.Current));

    public IResult Ready()
    {
        var page = ReadinessPage.Render(state.Readiness);
        var status = page["ready"]!.GetValue<bool>() ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
        return Results.Text(page.ToJsonString(JsonOutput.Compact), MediaTypeNames.Application.Json, statusCode: status);
    }
}
