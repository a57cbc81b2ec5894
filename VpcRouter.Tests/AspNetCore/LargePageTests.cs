using System.IO.Pipelines;
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

    [TestCase("limit=100")]
    [TestCase("limit=100&offset=900")]
    [TestCase("limit=100&q=254.")]
    [TestCase("limit=100&table=rtb-7&state=ok")]
    public async Task RouteInfo_PageOfMany_AllocatesForThePageOnly(string query)
    {
        var bytes = await MeasureAsync(() => new RouteInfoPage(Board, QueryOf(query), CidrList.Empty, EndpointHost.Now).WriteAsync);

        TestContext.Out.WriteLine($"{bytes} bytes");
        bytes.Should().BeLessThan(400_000);
    }

    [TestCase("limit=100")]
    [TestCase("limit=100&offset=199900")]
    [TestCase("limit=100&cidr=10.7.0.0/24")]
    public async Task Vpc_PageOfMany_AllocatesForThePageOnly(string query)
    {
        var bytes = await MeasureAsync(() => new VpcPage(Board, QueryOf(query), EndpointHost.Now).WriteAsync);

        TestContext.Out.WriteLine($"{bytes} bytes");
        bytes.Should().BeLessThan(400_000);
    }

    [Test]
    public async Task Vpc_AllOfIt_HoldsOnlyAPieceOfTheAnswer()
    {
        var pipe = new CountingPipe();

        var sink = new JsonSink(pipe, indented: false, CancellationToken.None);
        await new VpcPage(Board, new RouteQuery(), EndpointHost.Now).WriteAsync(sink, null);
        await sink.DisposeAsync();

        pipe.Total.Should().BeGreaterThan(20_000_000);
        pipe.MostHeld.Should().BeLessThan(256 * 1024);
    }

    private static RouteQuery QueryOf(string query)
    {
        var reader = new QueryReader(new Microsoft.AspNetCore.Http.QueryCollection(Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(query)));
        var read = reader.Routes();
        reader.Errors.Should().BeEmpty();
        return read;
    }

    // The second of two runs: the first pays for what is made once.
    private static async Task<long> MeasureAsync(Func<Func<JsonSink, string?, ValueTask>> page)
    {
        await WriteAsync(page);
        var before = GC.GetAllocatedBytesForCurrentThread();
        await WriteAsync(page);
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    // Writes to nowhere, without leaving the thread.
    private static async Task WriteAsync(Func<Func<JsonSink, string?, ValueTask>> page)
    {
        var sink = new JsonSink(PipeWriter.Create(Stream.Null), indented: false, CancellationToken.None);
        await page()(sink, null);
        await sink.DisposeAsync();
    }
}
