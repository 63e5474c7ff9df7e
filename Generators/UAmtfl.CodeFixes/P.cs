namespace UAmtfl; internal static class Placeholder;
