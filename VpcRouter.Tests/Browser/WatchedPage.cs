using System.Collections.Concurrent;
using Microsoft.Playwright;
using VpcRouter.Tests.Support;

namespace VpcRouter.Tests.Browser;

/// <summary>A page in a browser, and everything it did that a good page doesn't.</summary>
internal sealed class WatchedPage : IAsyncDisposable
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly IBrowserContext _context;
    private readonly ConcurrentQueue<string> _sins = new();

    private WatchedPage(IBrowserContext context, IPage page)
    {
        _context = context;
        Page = page;
    }

    public IPage Page { get; }

    /// <summary>Errors on the console, breaches of the content security policy among them, exceptions, and requests to elsewhere.</summary>
    public IReadOnlyCollection<string> Sins => _sins;

    public static async Task<WatchedPage> OpenAsync(IBrowserContext context, Uri url, Func<IPage, Task>? before = null)
    {
        context.SetDefaultTimeout((float)Patience.TotalMilliseconds);
        var watched = new WatchedPage(context, await context.NewPageAsync());
        watched.Page.Console += (_, message) => watched.Note(message.Type is "error" or "warning", $"console {message.Type}: {message.Text}");
        watched.Page.PageError += (_, error) => watched.Note(true, $"exception: {error}");
        watched.Page.Request += (_, request) => watched.Note(new Uri(request.Url).Authority != url.Authority, $"request to {request.Url}");
        if (before is not null)
            await before(watched.Page);
        await watched.Page.GotoAsync(url.ToString());
        return watched;
    }

    /// <summary>Waits until an expression is true in the page.</summary>
    public Task UntilAsync(string expression, object? argument = null) =>
        Page.WaitForFunctionAsync(expression, argument, new PageWaitForFunctionOptions { Timeout = (float)Patience.TotalMilliseconds });

    public Task UntilLiveAsync() => Page.Locator("#link[data-state=good]").WaitForAsync();

    public async Task ShootAsync(string name) => await Page.ScreenshotAsync(new PageScreenshotOptions { Path = Artifacts.PathOf(name + ".png"), FullPage = true });

    public async ValueTask DisposeAsync() => await _context.DisposeAsync();

    private void Note(bool isSin, string what)
    {
        if (isSin)
            _sins.Enqueue(what);
    }
}
