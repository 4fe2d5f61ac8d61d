/** What is printed where. */
export const ourNumbers = [
  { value: '+78463001240', name: '300-12-40', source: '«Щит на Московском», наружная реклама' },
  { value: '+78463001241', name: '300-12-41', source: 'Яндекс Директ' },
]
