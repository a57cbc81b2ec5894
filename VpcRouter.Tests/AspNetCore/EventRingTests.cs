using VpcRouter.AspNetCore.Events;

namespace VpcRouter.Tests.AspNetCore;

public class EventRingTests
{
    [Test]
    public void After_KnownPlace_GivesWhatCameSince()
    {
        var ring = Filled(new EventRing(10, 1000), 5);

        ring.After(3, 100, out var lost).Select(item => item.Sequence).Should().Equal(4, 5);
        lost.Should().Be(0);
    }

    [Test]
    public void After_PlaceOverwritten_TellsHowManyWereLost()
    {
        var ring = Filled(new EventRing(10, 1000), 25);

        ring.After(3, 100, out var lost).Select(item => item.Sequence).Should().Equal(Enumerable.Range(16, 10).Select(i => (long)i));
        lost.Should().Be(12);
    }

    [Test]
    public void After_AtTheEnd_GivesNothing() => Filled(new EventRing(10, 1000), 5).After(5, 100, out _).Should().BeEmpty();

    [Test]
    public void Add_BytesExceeded_KeepsTheNewest()
    {
        var ring = Filled(new EventRing(100, 25), 10);

        ring.After(0, 100, out var lost).Select(item => item.Sequence).Should().Equal(9, 10);
        lost.Should().Be(8);
    }

    [Test]
    public void Add_OneLargerThanAll_KeepsIt() => Filled(new EventRing(100, 5), 3).After(0, 100, out _).Select(item => item.Sequence).Should().Equal(3);

    [Test]
    public async Task NewerThan_Waiting_CompletesWithTheNext()
    {
        var ring = Filled(new EventRing(10, 1000), 1);

        var waiting = ring.NewerThan(1);
        waiting.IsCompleted.Should().BeFalse();
        Filled(ring, 1);

        await waiting;
        ring.NewerThan(1).IsCompleted.Should().BeTrue();
    }

    private static EventRing Filled(EventRing ring, int count)
    {
        for (var i = 0; i < count; i++)
            ring.Add("test", new byte[10]);
        return ring;
    }
}
