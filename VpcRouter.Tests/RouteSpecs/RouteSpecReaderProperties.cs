using CsCheck;
using VpcRouter.AspNetCore.Pages;
using VpcRouter.RouteSpecs;

namespace VpcRouter.Tests.RouteSpecs;

public class RouteSpecReaderProperties
{
    [Test]
    public void Read_AnyValidSpecWritten_IsEqual() =>
        RouteSpecGen.Spec.Sample(
            spec => spec.Equals(new RouteSpecReader().Read(RouteSpecJson.Of(spec)).Spec),
            iter: 2000);

    [Test]
    public void Read_AnyMutation_AcceptsOrListsErrors() =>
        Gen.Select(RouteSpecGen.Spec, Gen.Select(Gen.Int[0, 10_000], Gen.Byte, Gen.Int[0, 2]).Array[1, 5]).Sample(
            (spec, mutations) =>
            {
                var bytes = RouteSpecJson.Of(spec).ToList();
                foreach (var (at, value, kind) in mutations)
                    Mutate(bytes, at, value, kind);
                var result = new RouteSpecReader().Read(bytes.ToArray());
                return result.IsAccepted == result.Errors.IsEmpty;
            },
            iter: 5000);

    private static void Mutate(List<byte> bytes, int at, byte value, int kind)
    {
        if (kind == 0)
            bytes.Insert(at % (bytes.Count + 1), value);
        else if (bytes.Count > 0 && kind == 1)
            bytes.RemoveAt(at % bytes.Count);
        else if (bytes.Count > 0)
            bytes[at % bytes.Count] = value;
    }
}
