using VpcRouter.Simulator.Model;

namespace VpcRouter.Simulator.Endpoint.Actions;

internal sealed class DescribeAvailabilityZones : DescribeAction<Zone>
{
    public override string Name => "DescribeAvailabilityZones";

    protected override string IdParameter => "ZoneName";

    protected override (int Min, int Max)? PageSize => null;

    protected override FilterTable<Zone> Filters { get; } = new FilterTable<Zone>()
        .By("zone-name", z => z.Name)
        .By("zone-id", z => z.Id)
        .By("zone-type", _ => "availability-zone")
        .By("state", _ => "available")
        .By("region-name", (model, _) => model.Region);

    protected override IEnumerable<Zone> All(VpcModel model) => model.Zones;

    protected override string IdOf(Zone item) => item.Name;

    protected override Zone Require(VpcModel model, string id) =>
        model.Zones.FirstOrDefault(z => z.Name == id) ?? throw Ec2Errors.Invalid($"Invalid availability zone: [{id}]");

    protected override void Write(VpcModel model, IReadOnlyList<Zone> items, Ec2Xml xml) => xml.List("availabilityZoneInfo", items, zone =>
    {
        xml.Value("zoneName", zone.Name);
        xml.Value("zoneId", zone.Id);
        xml.Value("zoneState", "available");
        xml.Value("zoneType", "availability-zone");
        xml.Value("regionName", model.Region);
        xml.Value("optInStatus", "opt-in-not-required");
        xml.List("messageSet", Array.Empty<string>(), _ => { });
    });
}
