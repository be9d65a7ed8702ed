using Sluice.Engine.Nodes;
using Xunit;

namespace Sluice.Engine.Authorities.Directories;

public sealed class ClusterDirectoryTests(Silos silos) : AuthorityDirectoryContract, IClassFixture<Silos>
{
    private protected override Task<IDirectoryScene> StartAsync() =>
        Task.FromResult<IDirectoryScene>(new GrainScene(silos));
}
