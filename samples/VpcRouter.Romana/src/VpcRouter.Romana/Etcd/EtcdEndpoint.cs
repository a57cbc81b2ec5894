namespace VpcRouter.Romana.Etcd;

/// <summary>Where one member of etcd answers.</summary>
internal sealed record EtcdEndpoint(string Host, int Port, bool IsSecure)
{
    public Uri Uri => new UriBuilder(IsSecure ? Uri.UriSchemeHttps : Uri.UriSchemeHttp, Host, Port).Uri;

    public override string ToString() => new EtcdAddress(Host, Port).ToString();
}
