using Sluice.Engine.Authorities.Directories;
using Sluice.Grains.Nodes;
using Xunit;

namespace Sluice.Grains.Directories;

public sealed class ClusterDirectoryTests(Silos silos) : AuthorityDirectoryContract, IClassFixture<Silos>
{
    private protected override Task<IDirectoryScene> StartAsync() =>
        Task.FromResult<IDirectoryScene>(new GrainScene(silos));
}
