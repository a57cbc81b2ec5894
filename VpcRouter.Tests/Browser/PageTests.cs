using System.Globalization;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using VpcRouter.Reconciliation;
using VpcRouter.Tests.AspNetCore;
using VpcRouter.Tests.Support;

namespace VpcRouter.Tests.Browser;

/// <summary>The page in a real browser.</summary>
[NonParallelizable]
internal sealed class PageTests
{
    private Chromium _chromium = null!;

    [OneTimeSetUp]
    public async Task StartBrowser() => _chromium = await Chromium.StartAsync();

    [OneTimeTearDown]
    public async Task StopBrowser()
    {
        if (_chromium is not null)
            await _chromium.DisposeAsync();
    }

    [Test]
    public async Task Page_HostDies_ShowsItAndTheNewRoutersWithoutReload()
    {
        await using var router = await LiveRouter.StartAsync();
        await using var watched = await _chromium.OpenAsync(router.Url);
        await watched.UntilLiveAsync();
        await watched.UntilAsync("() => document.querySelectorAll('.host[data-health=healthy]').length === 6 && document.querySelectorAll('.rows .row[data-router^=\"127.\"]').length === 8");
        await watched.Page.EvaluateAsync("() => { window.stillTheSame = true; }");
        (await watched.Page.Locator(".zone h3").AllTextContentsAsync()).Should().Equal("us-east-1a", "us-east-1b", "us-east-1c");
        await watched.ShootAsync("page-healthy-light");

        var killedAt = TimeProvider.System.GetTimestamp();
        var host = router.KillTheBusiest();
        await watched.UntilAsync("host => document.querySelector(`.host[data-host=\"${host}\"]`)?.dataset.health === 'failed'", host);
        var shownAfter = TimeProvider.System.GetElapsedTime(killedAt);
        await watched.UntilAsync("host => { const rows = [...document.querySelectorAll('.rows .row[data-destination]')]; return rows.length === 8 && rows.every(row => row.dataset.router && row.dataset.router !== host && row.dataset.state === 'ok'); }", host);
        var movedAfter = TimeProvider.System.GetElapsedTime(killedAt);
        await watched.UntilAsync("host => [...document.querySelectorAll('#timeline [data-type=failover]')].some(item => item.textContent.includes(`moved from ${host}`) && /in [0-9.]+ m?s/.test(item.textContent))", host);

        (await watched.Page.EvaluateAsync<bool>("() => window.stillTheSame === true")).Should().BeTrue();
        (await watched.Page.TitleAsync()).Should().StartWith("(!)");
        await File.WriteAllTextAsync(Artifacts.PathOf("page-failover.json"), string.Create(CultureInfo.InvariantCulture, $$"""{"failedShownMs":{{shownAfter.TotalMilliseconds:0}},"newRoutersShownMs":{{movedAfter.TotalMilliseconds:0}}}"""));
        await watched.ShootAsync("page-failover-light");
        watched.Sins.Should().BeEmpty();
    }

    [TestCase(ColorScheme.Light, 1400)]
    [TestCase(ColorScheme.Dark, 1400)]
    [TestCase(ColorScheme.Dark, 420)]
    public async Task Page_AnySchemeAndWidth_IsAccessible(ColorScheme scheme, int width)
    {
        await using var host = await EndpointHost.StartAsync(status: StatusSamples.AtWork);
        await using var watched = await _chromium.OpenAsync(host.Client.BaseAddress!, scheme, width: width);
        await watched.UntilLiveAsync();
        await watched.Page.Locator(".rows .row[data-destination='10.4.0.0/16']").WaitForAsync();
        await watched.ShootAsync($"page-trouble-{scheme}-{width}".ToLowerInvariant());

        var result = await watched.Page.RunAxe(new AxeRunOptions { RunOnly = new RunOnlyOptions { Type = "tag", Values = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"] } });

        result.Violations.Select(violation => $"{violation.Id}: {violation.Help}: {string.Join(" | ", violation.Nodes.Select(node => node.Html))}").Should().BeEmpty();
        watched.Sins.Should().BeEmpty();
    }

    [Test]
    public async Task Page_ScreenReader_FindsEverythingByRoleAndName()
    {
        await using var host = await EndpointHost.StartAsync(status: StatusSamples.AtWork);
        await using var watched = await _chromium.OpenAsync(host.Client.BaseAddress!);
        await watched.UntilLiveAsync();
        var page = watched.Page;

        await page.GetByRole(AriaRole.Main).WaitForAsync();
        await page.GetByRole(AriaRole.Heading, new() { Name = "Hosts by zone" }).WaitForAsync();
        await page.GetByRole(AriaRole.Region, new() { Name = "us-east-1a" }).WaitForAsync();
        await page.GetByRole(AriaRole.Button, new() { NameRegex = new("10\\.33\\.20\\.93.*failed.*no routes") }).WaitForAsync();
        await page.GetByRole(AriaRole.Searchbox, new() { Name = "Search" }).WaitForAsync();
        await page.GetByRole(AriaRole.Table, new() { Name = "Routes" }).WaitForAsync();
        await page.GetByRole(AriaRole.Row, new() { NameRegex = new("10\\.4\\.0\\.0.16.*write refused.*RouteLimitExceeded") }).WaitForAsync();
        await page.GetByRole(AriaRole.List, new() { Name = "Guards and warnings" }).WaitForAsync();
        (await page.GetByRole(AriaRole.Table).GetAttributeAsync("aria-rowcount")).Should().Be("5");
    }

    [Test]
    public async Task Page_KeyboardOnly_SearchesAndChoosesHosts()
    {
        await using var host = await EndpointHost.StartAsync(status: StatusSamples.AtWork);
        await using var watched = await _chromium.OpenAsync(host.Client.BaseAddress!);
        await watched.UntilLiveAsync();
        var keyboard = watched.Page.Keyboard;

        await keyboard.PressAsync("Tab");
        (await watched.Page.EvaluateAsync<string>("() => document.activeElement.textContent")).Should().Be("Skip to the routes");
        await keyboard.PressAsync("/");
        await keyboard.TypeAsync("10.3.7.7");
        await watched.UntilAsync("() => { const rows = [...document.querySelectorAll('.rows .row[data-destination]:not([hidden])')]; return rows.length === 1 && rows[0].dataset.destination === '10.3.0.0/16'; }");
        await watched.Page.Locator(".host[data-host='10.33.30.22']").FocusAsync();
        await keyboard.PressAsync("Enter");
        await watched.UntilAsync("() => document.getElementById('count').textContent === '0 routes found'");
        await watched.Page.Locator("#search").FillAsync("");
        await watched.UntilAsync("() => document.getElementById('count').textContent === '1 route found'");
        await watched.Page.Locator("#router-clear").PressAsync("Enter");
        await watched.UntilAsync("() => document.getElementById('count').textContent === '4 destinations'");
        watched.Sins.Should().BeEmpty();
    }

    [Test]
    public async Task Page_FiveThousandRoutes_ScrollsThroughThemWithFewElements()
    {
        await using var host = await EndpointHost.StartAsync(status: LargeStatus.Of(3, 5000, failed: 1));
        await using var watched = await _chromium.OpenAsync(host.Client.BaseAddress!);
        await watched.UntilLiveAsync();
        await watched.UntilAsync("() => document.querySelector('.rows .row[data-destination=\"10.0.0.0/24\"]')");

        // Two hundred frames from top to bottom; the time between two is what a person feels.
        var frames = await watched.Page.EvaluateAsync<double[]>("""
            () => new Promise(resolve => {
              const rows = document.getElementById("rows"), gaps = [], step = rows.scrollHeight / 200;
              let last = performance.now(), most = 0;
              const frame = now => {
                gaps.push(now - last);
                last = now;
                most = Math.max(most, document.querySelectorAll(".rows .row").length);
                rows.scrollTop += step;
                if (gaps.length < 200) requestAnimationFrame(frame);
                else resolve([most, ...gaps.sort((a, b) => a - b)]);
              };
              requestAnimationFrame(frame);
            })
            """);
        await watched.Page.EvaluateAsync("() => { document.getElementById('rows').scrollTop = 1e9; }");
        await watched.UntilAsync("() => document.querySelector('.rows .row[data-destination=\"10.19.135.0/24\"]')");

        frames[0].Should().BeLessThan(60);
        var gaps = frames[1..];
        await File.WriteAllTextAsync(Artifacts.PathOf("page-scroll.json"), string.Create(CultureInfo.InvariantCulture, $$"""{"rows":5000,"rowElements":{{frames[0]}},"frames":{{gaps.Length}},"medianFrameMs":{{gaps[gaps.Length / 2]:0.0}},"p95FrameMs":{{gaps[gaps.Length * 95 / 100]:0.0}},"longestFrameMs":{{gaps[^1]:0.0}}}"""));
        await watched.ShootAsync("page-5000-routes");
        watched.Sins.Should().BeEmpty();
    }

    [Test]
    public async Task Page_BelowPrefix_FindsItsFilesAndData()
    {
        await using var host = await EndpointHost.StartAsync("/tools/router", StatusSamples.AtWork);
        await using var watched = await _chromium.OpenAsync(new Uri(host.Client.BaseAddress!, "/tools/router"));

        await watched.UntilLiveAsync();
        await watched.Page.Locator(".rows .row[data-destination='10.4.0.0/16']").WaitForAsync();

        watched.Sins.Should().BeEmpty();
    }

    [Test]
    public async Task Page_TextWithMarkup_StaysText()
    {
        const string Markup = "<img src=x onerror=alert(1)><script>alert(2)</script>";
        var status = StatusSamples.AtWork;
        var snapshot = status.Snapshot!;
        status = status with
        {
            Snapshot = snapshot.WithRouteTables([.. snapshot.RouteTables.Select(table => table with { Name = Markup })]),
            Plan = status.Plan! with { Warnings = [Markup] },
        };
        await using var host = await EndpointHost.StartAsync(status: status);
        await using var watched = await _chromium.OpenAsync(host.Client.BaseAddress!);
        await watched.UntilLiveAsync();

        host.Events.Publish(EventSamples.Plan(EventSamples.Move("rtb-1", kind: RouteChangeKind.Create, reason: Markup)));
        await watched.Page.Locator("#timeline").GetByText(Markup).WaitForAsync();

        await watched.Page.Locator("#map").GetByText(Markup).WaitForAsync();
        (await watched.Page.Locator("img, main script").CountAsync()).Should().Be(0);
        watched.Sins.Should().BeEmpty();
    }

    [Test]
    public async Task Page_ServerRestarts_ConnectsAgainByItself()
    {
        using var port = new HeldPort();
        var host = await EndpointHost.StartAsync(status: StatusSamples.AtWork, port: port.Number);
        await using var watched = await _chromium.OpenAsync(port.Url);
        await watched.UntilLiveAsync();

        await host.StopAsync();
        await host.DisposeAsync();
        await watched.Page.Locator("#link[data-state=bad]").WaitForAsync();
        await using var again = await EndpointHost.StartAsync(status: StatusSamples.AtWork, port: port.Number);

        await watched.UntilLiveAsync();
    }

    [Test]
    public async Task Page_RoutesCantBeHad_AsksForThemAgainWhenItLooksAgainAndNotAtEveryFrame()
    {
        var (isBroken, asked) = (false, 0);
        await using var host = await EndpointHost.StartAsync(status: StatusSamples.AtWork);
        await using var watched = await _chromium.OpenAsync(host.Client.BaseAddress!, before: page => page.RouteAsync("**/route_info*", route =>
        {
            if (!Volatile.Read(ref isBroken))
                return route.ContinueAsync();
            Interlocked.Increment(ref asked);
            return route.FulfillAsync(new RouteFulfillOptions { Status = 500 });
        }));
        await watched.UntilLiveAsync();
        await watched.Page.Locator(".rows .row[data-destination='10.4.0.0/16']").WaitForAsync();

        Volatile.Write(ref isBroken, true);
        await watched.Page.Locator("#search").FillAsync("10.3.7.7");
        await Eventually.BeTrueAsync(() => Volatile.Read(ref asked) > 0);
        await watched.Page.EvaluateAsync("() => new Promise(resolve => { let frames = 0; const next = () => ++frames < 200 ? requestAnimationFrame(next) : resolve(); next(); })");
        Volatile.Read(ref asked).Should().BeInRange(1, 10);

        Volatile.Write(ref isBroken, false);
        host.Events.Publish(EventSamples.Spec());
        await watched.UntilAsync("() => { const rows = [...document.querySelectorAll('.rows .row[data-destination]:not([hidden])')]; return rows.length === 1 && rows[0].dataset.destination === '10.3.0.0/16'; }");
    }

    [Test]
    public async Task Page_TokenGivenAsPassword_LoadsItsFilesAndFollowsTheEvents()
    {
        const string Token = "0123456789abcdef";
        await using var host = await EndpointHost.StartAsync(status: StatusSamples.AtWork, http: http => (http.Token, http.TokenForReads) = (Token, true));
        await using var watched = await _chromium.OpenAsync(host.Client.BaseAddress!, credentials: new HttpCredentials { Username = "anybody", Password = Token });
        await watched.UntilLiveAsync();
        await watched.Page.Locator(".rows .row[data-destination='10.4.0.0/16']").WaitForAsync();

        host.Events.Publish(EventSamples.Plan(EventSamples.Move("rtb-1", kind: RouteChangeKind.Create, reason: "told to those who have the token")));

        await watched.Page.Locator("#timeline").GetByText("told to those who have the token").WaitForAsync();
        watched.Sins.Should().BeEmpty();
    }

    [Test]
    public async Task Page_TokenWanted_SaysWhatToDo()
    {
        await using var host = await EndpointHost.StartAsync(status: StatusSamples.AtWork);
        await using var watched = await _chromium.OpenAsync(host.Client.BaseAddress!, before: page => page.RouteAsync("**/history", route => route.FulfillAsync(new RouteFulfillOptions { Status = 401, Body = "This needs a token" })));

        await watched.Page.GetByText("shows its state only to those who have its token").WaitForAsync();
        (await watched.Page.Locator("#subline").TextContentAsync()).Should().Contain("the token as password");
    }
}
