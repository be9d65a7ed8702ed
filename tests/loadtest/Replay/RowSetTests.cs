using Sluice.LoadTest.Replay;
using Xunit;

namespace Sluice.LoadTest.Tests.Replay;

public sealed class RowSetTests
{
    [Fact]
    public void Rows_AreAddedOnce_AndSurviveBytes()
    {
        var set = new RowSet(130);
        Assert.All([0, 63, 64, 129], row => Assert.True(set.Add(row)));
        Assert.False(set.Add(63));

        var read = RowSet.FromBytes(set.ToBytes(), 130);

        Assert.Equal(4, read.Count);
        Assert.Equal([0, 63, 64, 129], Enumerable.Range(0, 130).Where(row => read.Contains(row)));
    }

    [Fact]
    public void BytesOfAnotherSize_AreRefused() =>
        Assert.Throws<FormatException>(() => RowSet.FromBytes(new RowSet(64).ToBytes(), 65));

    [Fact]
    public void Copy_DoesNotShareRows()
    {
        var set = new RowSet(10);
        var copy = set.Copy();
        copy.Add(3);

        Assert.False(set.Contains(3));
    }
}
