namespace UAmtfl.Experiments.Awa;

public static partial class AwaAnimals
{
    /// <summary>The tasks, each to tell one of the 50 animals from all others.</summary>
    [Binary(OneVsAll = true)]
    public enum Animal
    {
        Antelope, GrizzlyBear, KillerWhale, Beaver, Dalmatian, PersianCat, Horse, GermanShepherd, BlueWhale, SiameseCat, Skunk,
        Mole, Tiger, Hippopotamus, Leopard, Moose, SpiderMonkey, HumpbackWhale, Elephant, Gorilla, Ox, Fox, Sheep, Seal,
        Chimpanzee, Hamster, Squirrel, Rhinoceros, Rabbit, Bat, Giraffe, Wolf, Chihuahua, Rat, Weasel, Otter, Buffalo, Zebra,
        GiantPanda, Deer, Bobcat, Pig, Lion, Mouse, PolarBear, Collie, Walrus, Raccoon, Cow, Dolphin,
    }
}
