using Microsoft.Playwright;

namespace VpcRouter.Tests.Browser;

/// <summary>A real Chromium, where this machine has one.</summary>
internal sealed class Chromium : IAsyncDisposable
{
    private const string Executable = "/usr/bin/chromium";
    private readonly IPlaywright _playwright;
    private readonly IBrowser _browser;

    private Chromium(IPlaywright playwright, IBrowser browser)
    {
        _playwright = playwright;
        _browser = browser;
    }

    public static async Task<Chromium> StartAsync()
    {
        if (!File.Exists(Executable))
            Assert.Ignore($"There is no {Executable}; install the Debian package chromium.");
        var playwright = await Playwright.CreateAsync();
        var browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = Executable,
            Headless = true,
            Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
            Timeout = (float)WatchedPage.Patience.TotalMilliseconds,
        });
        return new Chromium(playwright, browser);
    }

    /// <summary>Opens a page of its own, with its own storage.</summary>
    public async Task<WatchedPage> OpenAsync(Uri url, ColorScheme scheme = ColorScheme.Light, ReducedMotion motion = ReducedMotion.NoPreference, int width = 1400, Func<IPage, Task>? before = null, HttpCredentials? credentials = null)
    {
        var context = await _browser.NewContextAsync(new BrowserNewContextOptions
        {
            ColorScheme = scheme,
            ReducedMotion = motion,
            HttpCredentials = credentials,
            ViewportSize = new ViewportSize { Width = width, Height = 900 },
        });
        return await WatchedPage.OpenAsync(context, url, before);
    }

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
    }
}
