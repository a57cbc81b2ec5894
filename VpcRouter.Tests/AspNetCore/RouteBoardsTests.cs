using Microsoft.Extensions.Time.Testing;
using NSubstitute;
using VpcRouter.AspNetCore.Routes;
using VpcRouter.Hosting;

namespace VpcRouter.Tests.AspNetCore;

public class RouteBoardsTests
{
    // A tenth of a core would allow two seconds.
    [TestCase(950, true)]
    [TestCase(1000, false)]
    public void Current_StateChangedAndBoardIsCostly_IsASecondOldAtMost(int age, bool isOld)
    {
        var clock = new FakeTimeProvider(EndpointHost.Now);
        var (status, cost) = (new RouterStatus { StartedAt = EndpointHost.Now }, TimeSpan.FromSeconds(0.2));
        var state = Substitute.For<IRouterState>();
        state.Current.Returns(_ =>
        {
            clock.Advance(cost);
            return status;
        });
        var boards = new RouteBoards(state, clock);
        var first = boards.Current;

        (status, cost) = (LargeStatus.Of(1, 1), TimeSpan.Zero);
        clock.Advance(TimeSpan.FromMilliseconds(age) - TimeSpan.FromSeconds(0.2));

        ReferenceEquals(boards.Current, first).Should().Be(isOld);
    }
}
