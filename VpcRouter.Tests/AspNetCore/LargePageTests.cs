using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;
using VpcRouter.AspNetCore.Pages;
using VpcRouter.AspNetCore.Responses;
using VpcRouter.AspNetCore.Routes;
using VpcRouter.RouteSpecs;

namespace VpcRouter.Tests.AspNetCore;

/// <summary>200,000 routes: 200 tables of 1,000. What a page allocates must not depend on how many routes are not on it.</summary>
[NonParallelizable]
public class LargePageTests
{
    private const int Tables = 200;
    private const int Destinations = 1000;
    private static readonly RouteBoard Board = new(LargeStatus.Of(Tables, Destinations));
    private static readonly NextPage Next = new(new DefaultHttpContext().Request);

    [TestCase("limit=100")]
    [TestCase("limit=100&offset=900")]
    [TestCase("limit=100&q=254.")]
    [TestCase("limit=100&table=rtb-7&state=ok")]
    public async Task RouteInfo_PageOfMany_AllocatesForThePageOnly(string query)
    {
        var bytes = await MeasureAsync(() => new RouteInfoPage(Board, QueryOf(query), CidrList.Empty, EndpointHost.Now).Content(Next));

        TestContext.Out.WriteLine($"{bytes} bytes");
        bytes.Should().BeLessThan(400_000);
    }

    [TestCase("limit=100")]
    [TestCase("limit=100&offset=199900")]
    [TestCase("limit=100&cidr=10.7.0.0/24")]
    public async Task Vpc_PageOfMany_AllocatesForThePageOnly(string query)
    {
        var bytes = await MeasureAsync(() => new VpcPage(Board, QueryOf(query), EndpointHost.Now).Content(Next));

        TestContext.Out.WriteLine($"{bytes} bytes");
        bytes.Should().BeLessThan(400_000);
    }

    [Test]
    public async Task Vpc_AllOfIt_HoldsOnlyAPieceOfTheAnswer()
    {
        var pipe = new CountingPipe();

        await WriteAsync(() => new VpcPage(Board, new RouteQuery(), EndpointHost.Now).Content(Next), pipe);

        pipe.Total.Should().BeGreaterThan(20_000_000);
        pipe.MostHeld.Should().BeLessThan(256 * 1024);
    }

    private static RouteQuery QueryOf(string query)
    {
        var reader = new QueryReader(new QueryCollection(Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(query)));
        var read = reader.Routes();
        reader.Errors.Should().BeEmpty();
        return read;
    }

    // The second of two runs: the first pays for what is made once.
    private static async Task<long> MeasureAsync(Func<PageContent> page)
    {
        await WriteAsync(page, PipeWriter.Create(Stream.Null));
        var before = GC.GetAllocatedBytesForCurrentThread();
        await WriteAsync(page, PipeWriter.Create(Stream.Null));
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    // To nowhere, without leaving the thread.
    private static async Task WriteAsync(Func<PageContent> page, PipeWriter pipe)
    {
        using var gate = new RenderGate(1);
        await gate.EnterAgainAsync();
        var sink = new JsonSink(pipe, indented: false, gate, CancellationToken.None);
        await page().WriteAsync(sink);
        await sink.DisposeAsync();
    }
}
