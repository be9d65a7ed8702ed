using Sluice.Engine.Nodes;
using Xunit;

namespace Sluice.Engine.Authorities.Directories;

public sealed class InProcessDirectoryTests(TestStore store)
    : AuthorityDirectoryContract, IClassFixture<TestStore>
{
    private protected override async Task<IDirectoryScene> StartAsync() => await InProcessScene.StartAsync(store);
}
