using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace VpcRouter.Tests.Adapter;

/// <summary>Answers every EC2 call with one error.</summary>
internal sealed class CannedEndpoint : IAsyncDisposable
{
    private readonly WebApplication _app;

    private CannedEndpoint(WebApplication app) => _app = app;

    public Uri Url => new(_app.Urls.Single());

    public static async Task<CannedEndpoint> StartAsync(int status, string code)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Services.AddRoutingCore();
        var app = builder.Build();
        app.Run(context =>
        {
            context.Response.StatusCode = status;
            context.Response.ContentType = "text/xml";
            return context.Response.WriteAsync($"<Response><Errors><Error><Code>{code}</Code><Message>told to</Message></Error></Errors><RequestID>1</RequestID></Response>");
        });
        await app.StartAsync();
        return new CannedEndpoint(app);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
