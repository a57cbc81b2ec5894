using CsCheck;
using VpcRouter.Probing;

namespace VpcRouter.Tests.Probing;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class TimingWheelTests
{
    private readonly TimingWheel _wheel = new();

    [Test]
    public void Next_NothingSet_IsNull()
    {
        _wheel.Next.Should().BeNull();
        _wheel.TryTake(out _).Should().BeFalse();
    }

    [TestCase(0, 1)]
    [TestCase(0, 63)]
    [TestCase(0, 64)]
    [TestCase(4000, 4095)]
    [TestCase(4095, 4096)]
    [TestCase(4095, 8190)]
    [TestCase(100_000, 104_000)]
    public void Next_OneSet_IsItsTick(long now, long tick)
    {
        _wheel.Advance(now);

        _wheel.Set(7, tick);

        _wheel.Next.Should().Be(tick);
    }

    [Test]
    public void Set_InThePast_IsDueNow()
    {
        _wheel.Advance(100);

        _wheel.Set(7, 50);

        _wheel.Next.Should().Be(100);
        _wheel.TryTake(out var item).Should().BeTrue();
        item.Should().Be(7);
    }

    [Test]
    public void Set_FarAhead_IsHandedOutEarlyToBeSetAgain()
    {
        _wheel.Set(7, 1_000_000);

        var next = _wheel.Next;

        next.Should().BeInRange(4000, 1_000_000);
        _wheel.Advance(next!.Value);
        _wheel.TryTake(out _).Should().BeTrue();
    }

    [Test]
    public void Advance_TimeJumpsFar_HandsAllOut()
    {
        for (var i = 0; i < 1000; i++)
            _wheel.Set(i, i * 7);

        _wheel.Advance(1_000_000);

        Take().Order().Should().Equal(Enumerable.Range(0, 1000));
        _wheel.Next.Should().BeNull();
    }

    // Each step moves an item (tick is relative to now), removes it (below -5) or moves the time on.
    [Test]
    public void AnySteps_HandOutWhatAListWould() => Gen.Select(Gen.Int[0, 9], Gen.Int[-8, 5000], Gen.Frequency((3, Gen.Const(0)), (1, Gen.Int[1, 40]), (1, Gen.Int[1, 9000]))).Array[1, 120].Sample(steps =>
    {
        var wheel = new TimingWheel();
        var due = new Dictionary<int, long>();
        var now = 0L;
        foreach (var (item, ahead, passes) in steps)
        {
            if (ahead < -5)
            {
                wheel.Remove(item);
                due.Remove(item);
            }
            else
            {
                wheel.Set(item, now + ahead);
                due[item] = now + ahead;
            }

            now += passes;
            wheel.Advance(now);
            var expected = due.Where(set => set.Value <= now).Select(set => set.Key).Order().ToArray();
            var taken = TakeTrulyDue(wheel, due, now);
            if (!expected.SequenceEqual(taken.Order()) || (wheel.Next is null) != (due.Count == 0) || wheel.Next > due.Values.DefaultIfEmpty(long.MaxValue).Min())
                return false;
        }

        return true;
    });

    private static List<int> TakeTrulyDue(TimingWheel wheel, Dictionary<int, long> due, long now)
    {
        var taken = new List<int>();
        while (wheel.TryTake(out var item))
        {
            if (due[item] > now)
            {
                wheel.Set(item, due[item]);
                continue;
            }

            due.Remove(item);
            taken.Add(item);
        }

        return taken;
    }

    private List<int> Take()
    {
        var taken = new List<int>();
        while (_wheel.TryTake(out var item))
            taken.Add(item);
        return taken;
    }
}
